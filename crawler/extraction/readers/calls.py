"""Texts that speak to the reader: calls to follow, subscribe or write, and questions."""

from __future__ import annotations

import re

_CALLS = (
    r"(?:follow|subscribe|sign up|join|support|donate|become|get|receive|write to|contact|meet our|tell us|"
    r"want to|if you|you (?:can|may|will)|(?:do|did|have|are|would) you|to (?:read|continue|unlock|comment|view)|"
    r"(?:read|see) (?:all|more)|browse|check out|send (?:us|your)|click|listen to)\b",
    r"(?:jetzt|hier) (?:\w+ )?(?:abonnieren|anmelden|folgen)|abonnieren\b|sie (?:erhalten|können|möchten)\b|"
    r"(?:haben|kennen|möchten|wollen|wissen) sie\b|"
    r"(?:folgen|melden|unterstützen|erhalten|lesen|schreiben) sie",
    r"(?:recevez|abonnez|inscrivez|suivez|découvrez|soutenez|connectez|contactez|retrouvez|lisez)\b|"
    r"vous (?:pouvez|recevrez)|(?:avez|voulez|souhaitez|connaissez)-vous",
    r"suscríb|sígue|(?:recibe|sigue a|apúntate|regístrate|apoya|escribe a)\b|si (?:quiere|desea|vous)|inicia sesión",
    r"¿(?:tiene|quiere|conoce)s?\b|(?:lea|lee|descubre) (?:más|todos?)\b",
    r"(?:receba|assine|siga|apoie|iscriviti|ricevi|segui|abbonati|accedi|sostieni)\b|inscreva|"
    r"cadastre|se (?:quiser|você)|(?:leggi|scopri) (?:tutti|anche|di più)\b|(?:leia|veja) (?:mais|todos)\b|"
    r"tem alguma\b",
    r"(?:volg|ontvang|schrijf je|meld je|abonneer|prenumerera|følg|följ|meld deg|tilmeld)\b",
    r"(?:chcesz|zapisz|obserwuj|zaloguj|skorzystaj|wesprzyj|subskrybuj|přihlaste|odebírejte|sledujte)\b",
    r"подпи(?:шитесь|сывайтесь|саться)|следите|войдите|поддержите|підпи(?:шіться|суйтесь)",
    r"(?:\w+ ){0,2}takip ed|(?:\w+ ){0,2}abone ol|(?:ikuti|berlangganan)\b|theo dõi",
    r"(?:تابع|اشترك|سجل)\b|دنبال کنید|عضو شوید|फॉलो|सब्सक्राइब",
    r"フォローする|登録する|订阅|訂閱|구독|로그인",
)
"""How calls to the reader begin, a row for each group of languages."""

_CALL = re.compile(rf"(?:{'|'.join(_CALLS)})", re.IGNORECASE)
_QUESTION = re.compile(r"[^.!?。！？؟]*[?？؟]")
_ONESELF = re.compile(r"\b(?:I|ich|je|yo|eu|io|jag|jeg|ik|я)\b")


def calls(text: str) -> bool:
    """Whether a text begins with a call to its reader."""
    return _CALL.match(text) is not None


def asks(text: str) -> bool:
    """Whether a text begins with a question that is not the writer's about themselves."""
    return _QUESTION.match(text) is not None and _ONESELF.search(text) is None
