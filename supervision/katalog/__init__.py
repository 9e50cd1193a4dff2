"""Methods, kendetegn, skabeloner and GameMaster variants: what colleagues look for in a samtale."""
