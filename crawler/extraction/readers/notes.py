"""Sentences beside an author's name that are no biography, and what stands in the place of one that nobody wrote."""

from __future__ import annotations

import re

_RIGHTS = (
    r"©|copyright|all rights|alle rechte|prawa zastrzeżone|tous droits|todos los derechos|todos os direitos|"
    r"tutti i diritti|все права|licen[sc]ed under|未经(?:授权|许可)|不得转载|無断転載|무단.{0,3}전재"
)
_INTERESTS = (
    r"owns shares|has no position in|\b(?:does|do) not work for\b|\breceives? funding\b|\bprovides funding\b|"
    r"\bconflicts? of interest|\bmentioned in this\b|reçoit pas de fonds|liens? d['’]intérêts?|conflicto de intereses|"
    r"transparenzhinweis"
)
_OPINIONS = (
    r"(?:opinions?|views)\b.{0,40}\b(?:expressed|own|those of)|meinung.{0,40}(?:wieder|des autors)|"
    r"(?:opiniones|opiniões|opinioni|opinie)\b.{0,60}(?:\bno |não |\bnon |\bnie |responsab|autor)|"
    r"opinions\b.{0,40}(?:n['’]engagent|ne reflètent|exprimées)|"
    r"мнение (?:автор|редакц)|не (?:совпадать|совпадает|отражает).{0,20}(?:мнени|позици)|仅代表|不代表|"
    r"görüş\w*.{0,40}(?:yazar\w*.{0,12}ait|bağlamaz|yansıtmaz)|個人の(?:見解|意見)|"
    r"لا (?:تعبر|يعبر|تمثل|يمثل)|निजी विचार|개인적?.{0,3}(?:의견|견해)"
)
_EVENTS = r"^[^.]{0,50}\bwill (?:also |be )?(?:talk|speak|read|appear|present|sign|discuss|perform|answer)"
_PAGE = (
    r"last modified|wurde (?:am .{0,20})?(?:veröffentlicht|erstellt)|not responsible|published this|"
    r"\b(?:reviewed|fact-?checked|verified|edited|translated) by\b|\bverified this\b|übersetzt von|"
    r"^(?:share )?this (?:article|post|story|piece|page)\b|"
    r"^(?:dieser (?:artikel|beitrag|text)|cet article|este artículo|este artigo|questo articolo|эта статья)\b|"
    r"^an? (?:earlier|previous|older) version|^(?:in einer|une) (?:früheren version|version précédente)|"
    r"\b(?:has|have) been (?:corrected|updated|amended)\b|\bas an? guests? of\b"
)
_READERS = (
    r"^follow\b|\bmember since\b|mitglied seit|^(?:location|tel|phone|fax)\s*:|tel\.?:? ?\+?\d{2}|"
    r"\b(?:silver|bronze) badges|"
    r"\bsign up (?:and|for|here|now|to)\b|\bin(?:to)? your inbox\b|"
    r"\b(?:buy|spend?ier)\w* (?:me|the author|her|him|mir) (?:a|einen) (?:coffee|kaffee)|"
    r"\bcc[ -]by\b|许可协议|許可協議|转载请|轉載請|"
    r"会員登録|ログイン|登录|로그인|구독하기|تسجيل الدخول|(?:意見|感想|質問).{0,12}(?:寄せ|送り)ください|"
    r"\b(?:log|sign) in (?:to|or|and)\b|(?:bitte|hier) anmelden|přihlaste se|zaloguj się|войдите|connectez-vous|"
    r"réservé aux (?:abonnés|inscrits)|para (?:registrados|suscriptores|assinantes)|inicia sesión|riservat[oa] agli"
)

NOTES = re.compile("|".join((_RIGHTS, _INTERESTS, _OPINIONS, _EVENTS, _PAGE, _READERS)), re.IGNORECASE)
"""Sentences about rights, interests, opinions, events, the making of the page, its letter or what members may do."""

UNWRITTEN = re.compile(
    r"^[^.]{0,60}\b(?:has|have|did)(?: not|n['’]t)(?: yet)? "
    r"(?:fill(?:ed)? in|add(?:ed)?|provided?|write|written|enter(?:ed)?|shared?|set)\b"
    r"[^.]{0,60}\b(?:details|info(?:rmation)?|bio(?:graphy)?|description|profile)\b|"
    r"^no (?:author |user )?(?:bio(?:graphy)?|description|info(?:rmation)?)\b|"
    r"还没有?学会写|什么[都也]没有?(?:写|留下)|(?:暂无|还没有?)(?:个人)?(?:简介|介绍|说明)|プロフィールは(?:まだ)?(?:ありません|未)|"
    r"소개(?:글)?(?:가|이) 없습니다|"
    r"^[^.]{0,60}(?:n['’]a pas encore (?:renseigné|rempli|ajouté|rédigé)|(?:aún|todavía) no ha (?:añadido|completado)|"
    r"non ha ancora (?:aggiunto|inserito|compilato)|ainda não (?:adicionou|preencheu|inseriu)|"
    r"\bhat (?:noch )?keine? (?:angaben|beschreibung|biografie)|jeszcze nie (?:dodał|uzupełnił)|"
    r"ещё не (?:заполнил|добавил|указал)|henüz .{0,20}(?:eklemedi|doldurmadı))",
    re.IGNORECASE,
)
"""What themes print in the place of a biography that nobody wrote."""
