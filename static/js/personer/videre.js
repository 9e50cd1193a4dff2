// The page between a provider's answer and the front page: it sends itself on. Without scripts there is a button.

document.querySelector("form[data-videre]")?.requestSubmit();
