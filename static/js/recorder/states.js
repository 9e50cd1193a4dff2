// What the sending is doing: the state words are made of these. No DOM.

export const RO = "ro";
export const SENDER = "sender";
export const UDEN_NET = "uden_net";
export const TRAVLT = "travlt";
export const LOGGET_UD = "logget_ud";
export const ANDEN_PERSON = "anden_person";
export const NEJ = "nej";
