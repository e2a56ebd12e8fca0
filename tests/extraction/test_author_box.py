"""Author boxes that no row knows: biography, list of posts, picture; and what is none."""

from __future__ import annotations

import pytest

from crawler.extraction.document import Document
from crawler.extraction.evidence import Choice
from crawler.extraction.fields.author_box import AuthorBox, described, read_author_box
from crawler.extraction.layout import Layout
from crawler.items import Author
from crawler.page import Page

URL = "https://ledger.example/2024/05/bridge/"
BIO = "Mara Quill has covered bridges and the people who cross them since 2011."
HEADER = '<h1>Bridge open</h1><p class="lede">The bridge across the harbour is open again after two years of work.</p>'


def read(box: str, *names: str, before: str = "") -> AuthorBox:
    html = f"<html><body>{before}<article>{HEADER}</article>{box}</body></html>"
    document = Document(Page(html.encode(), URL))
    headline, lede = document.by_tag["h1"][0], document.by_class["lede"][0]
    return read_author_box(document, Layout(headline, lede, lede), tuple(map(Author, names or ("Mara Quill",))))


BOXES = {
    "marked description": f'<div class="writer-card"><h4>Mara Quill</h4><p class="writer-desc">{BIO}</p></div>',
    "prose below the name": f'<section class="about-author"><b>Mara Quill</b><p>{BIO}</p></section>',
    "heading above": f'<div class="post-author"><h3>About the author</h3><h4>Mara Quill</h4><p>{BIO}</p></div>',
    "links below": f'<div class="author-panel">Mara Quill<p>{BIO}</p><a href="/author/mara/">All posts</a></div>',
    "link inside": f'<div class="author-panel">Mara Quill<p>{BIO} <a href="/mara">Read more</a></p></div>',
    "social labels": f'<div class="profile-box"><b>Mara Quill</b><p>{BIO}</p><a href="//x.example">Twitter</a></div>',
    "an address below": f'<div class="author-info"><b>Mara Quill</b><p>{BIO}</p><i>Website: mara.example</i></div>',
    "microdata": f'<div itemscope itemtype="https://schema.org/Person"><i itemprop="name">Mara Quill</i>'
    f'<div itemprop="description">{BIO}</div></div>',
    "job title": f'<div class="author-info"><h4>Mara Quill</h4><span>Editor</span><p>{BIO}</p></div>',
    "id": f'<div id="about-the-author"><h4>Mara Quill</h4><p>{BIO}</p></div>',
    "no class says so": f'<div class="x1"><p>Mara Quill</p><p>{BIO}</p></div>',
    "below a label": f'<div class="x1"><i>Written by</i><p>Mara Quill</p><p>{BIO}</p></div>',
    "a heading alike": f'<div class="x1"><h3>About the author</h3><h3>Mara Quill</h3><p>{BIO}</p><h3>Share</h3></div>',
    "below a phrase in an element that is no heading": f'<div class="x1"><b>About the author</b><p>{BIO}</p></div>',
    "an emphasised paragraph behind the text": f"<hr><p><em>{BIO}</em></p>",
    "a paragraph in the footer": f"<footer><p>{BIO}</p><p>© 2024 Mara Quill</p></footer>",
    "below About and the name": f'<div class="x1"><p>About <i>Mara Quill</i></p><div>{BIO}</div></div>',
    "below a label and the name on one line": f'<div class="x1"><i>Posted by <a>Mara Quill</a></i><p>{BIO}</p></div>',
    "a credit in a box before it": '<div class="author-info">A guest post by <a>Mara Quill</a></div>'
    f'<div class="author-box"><b>Mara Quill</b><p>{BIO}</p></div>',
    "far below the name": f'<div class="x1"><div><b>By <a>Mara Quill</a></b> <i>Reporter</i></div><div>'
    f"{BIO}</div></div>",
    "below About and the name, apart and in no heading": "<div class='x1'><div><span>About Mara Quill</span><span>"
    f"<a href='/author/mara-quill/'>205 articles</a></span></div><div>{BIO}</div></div>",
    "a title on the same line": f'<div class="bio-block"><p><b>About the author:</b> {BIO}</p></div>',
    "a title before the name": f'<div class="bio-block"><p><b>About the Author</b> {BIO}</p></div>',
    "a job without a capital": f'<div class="author-info"><h4>Mara Quill</h4><i>reporter for all ports</i><p>{BIO}</p>'
    "</div>",
    "a job with capitals": f'<div class="x1"><b>Mara Quill</b><p>Senior Editor at Harbour Ledger</p><p>{BIO}</p></div>',
    "above the name": f'<div class="writer"><p>{BIO}</p><b>Mara Quill</b></div>',
    "a button between name and text": '<div class="x1"><img src="/m.jpg"><div><a href="/author/mara/">Mara Quill</a>'
    f'<a href="/follow">Follow</a><span>{BIO}</span></div></div>',
    "microformats": f'<footer class="h-card"><b class="p-name">Mara Quill</b><p class="p-note">{BIO}</p></footer>',
    "a job in what the class calls a text": f'<div class="author-box"><div class="author-info"><p>Mara Quill</p>'
    f"<p>Reporter</p><p>{BIO}</p></div></div>",
    "a name that runs into it": f'<div class="author-card"><a href="/mara">Mara Quill</a><span>{BIO}</span></div>',
    "a label before it": f'<div class="author-card"><p><b>Lives in:</b> Ellery</p><p><b>Bio:</b> {BIO}</p></div>',
    "somebody else behind it": f'<section class="contributors"><h3>Mara Quill</h3><p>{BIO}</p><h3>Peter Oort</h3>'
    "<p>Peter paints ships that are about to leave.</p></section>",
    "links behind the title": '<div class="x1"><h2>About the author</h2><h3><a href="/mara">Mara Quill</a></h3><h6>'
    f'<a href="//m.example">Connect</a></h6><p>{BIO}</p></div>',
    "teasers behind it": f'<div class="author-box"><h4>Mara Quill</h4><p>{BIO}</p><h5>More from Mara Quill</h5>'
    '<div><a href="/quay/">The quay</a><p>What the tide brought in and took away again.</p></div></div>',
    "list of posts before it": '<div class="writer-tabs"><div>Latest posts by Mara Quill<ul><li><a href="/quay/">The '
    f"quay that would not sink</a></li></ul></div><div><h5>Mara Quill</h5><div>{BIO}</div></div></div>",
    "about related": f'<aside class="about related"><div class="author"><b>Mara Quill</b><p>{BIO}</p></div></aside>',
    "one of several writers": '<div><div class="row"><img src="/m.jpg"><div><h3><a href="/author/mara/">Mara '
    "Quill</a></h3>"
    f'<p>{BIO}</p><a href="/author/mara/">More articles from Mara Quill</a></div></div>'
    '<div class="row"><img src="/p.jpg">'
    '<div><h3><a href="/author/piet/">Piet Oort</a></h3><p>Paints the ships that call at the harbour.</p><a '
    'href="/author/piet/">More articles from Piet Oort</a></div></div></div>',
    "the name twice": f'<div class="author-box"><p>Mara Quill – {BIO}</p></div>',
    "inside a sidebar": f'<div class="sidebar"><div class="author-profile"><b>Mara Quill</b><p>{BIO}</p></div></div>',
}


@pytest.mark.parametrize("box", BOXES.values(), ids=BOXES)
def test_a_box_never_seen_before_gives_its_biography_alone(box: str) -> None:
    assert read(box).bio.value == BIO


def test_a_link_within_a_sentence_of_a_biography_is_kept() -> None:
    linked = '<a href="https://x.example/mara">X</a>'
    box = f'<div class="profile-box"><h4>Mara Quill</h4><p>{BIO} Follow her on {linked}.</p>{linked}</div>'
    assert read(box).bio.value == f"{BIO} Follow her on X."


SILENT = {
    "beside a portrait": '<div class="x1"><div><img src="/m.jpg"></div><div><p>Mara Quill</p><p>{}</p></div></div>',
    "with a link to the author's page": '<div><h3>Mara Quill</h3><p>{}</p><a href="/author/mara/">Read more</a></div>',
    "below a phrase": "<div><h4>O autorce</h4><p>{}</p></div>",
}


@pytest.mark.parametrize("box", SILENT.values(), ids=SILENT)
def test_a_biography_that_does_not_repeat_the_name_is_known_by_what_stands_beside_it(box: str) -> None:
    bio = "Botanist and walker of bogs since she could walk."
    assert read(box.format(bio)).bio.value == bio
    assert read(f"<div><p>Mara Quill</p><p>{bio}</p></div>").bio.value is None


def test_a_biography_in_a_script_without_spaces_is_one() -> None:
    bio = "港町に生まれ、船と人の暮らしを二十年取材している。"
    assert read(f'<div class="x1"><p>この記事を書いた人</p><p>佐伯灯</p><p>{bio}</p></div>', "佐伯灯").bio.value == bio
    bio = "강과 마을 이야기를 씁니다."
    mail = '<a href="mailto:s@x.example">s@x.example</a>'
    assert read(f'<div class="x1"><b>서하늘 기자</b>{mail}<p>{bio}</p></div>', "서하늘").bio.value == bio


UNENDED = {
    "Mara Quill is the publisher of the harbour's paper": "what the name does",
    "I write about bridges, ferries and bread": "oneself",
    "Who writes here? Mara Quill, a pilot": "a question that the name answers",
    "Who am I? A pilot who began to write": "a question to oneself",
    "Член союза журналистов, живёт в Твери и пишет о реках": "several things",
    "Journalist, author of The Bridge. On the quay since 2011": "a sentence inside",
    "كاتبة وصحفية تهتم بالموانئ والجسور القديمة": "a script without capitals",
}


@pytest.mark.parametrize("bio", UNENDED, ids=UNENDED.values())
def test_a_biography_may_lack_its_last_stop(bio: str) -> None:
    assert read(f'<div class="author-box"><h4>Mara Quill</h4><p>{bio}</p></div>').bio.value == bio


NONE = {
    "an answer in an interview": "<p><b>Mara Quill:</b> I went to the bridge and Mara was there before us all.</p>",
    "the name at the end of a sentence": "<div>All about ships and boats and harbours by <b>Mara Quill</b></div>",
    "a teaser above the name": "<div><p>The marsh road floods again every spring.</p><p>Mara Quill</p></div>",
    "rights": "<div><p>Mara Quill</p><p>Mara Quill retains all rights reserved in every country.</p></div>",
    "what the author did for the article": "<p>Mara Quill contributed to this report from the far shore.</p>",
    "where the author can be reached": '<p>Mara Quill can be reached at <a href="mailto:m@x.example">m@x</a>.</p>',
    "whose opinion it is": '<div class="author-note"><p>Opinions expressed are those of Mara Quill alone.</p></div>',
    "a call to follow": '<div class="author-box"><h4>Mara Quill</h4><p>Follow Mara Quill to get an alert.</p></div>',
    "a job title": '<div class="writer"><h4>Mara Quill</h4><p class="writer-desc">Senior Reporter at Sea</p></div>',
    "a quotation": '<blockquote class="author-quote"><p>"Nobody came to the bridge," Mara Quill said.</p></blockquote>',
    "a dated comment": "<div><img><p>Mara Quill</p><i>May 3, 2024</i><p>Thanks for your kind words.</p></div>",
    "a comment of today": "<div><img><p>Mara Quill</p><i>2 hours ago</i><p>Thanks for your kind words.</p></div>",
    "a date marked so": '<div class="author"><b>Mara Quill</b><p class="author-desc">Dec 17, 2020</p></div>',
    "no prose": '<div class="author-box"><h4>Mara Quill</h4><a href="/author/mara/">12 posts</a></div>',
    "empty description": '<div class="author-box"><h4>Mara Quill</h4><p class="author-description"></p></div>',
    "what a theme prints for none": '<div class="author-box"><h4>Mara Quill</h4><p class="author-bio">This '
    "author has not yet filled in any details.</p></div>",
    "teasers of the author's posts": "<section class='more-by-author'><h2>Latest from <a href='/author/mara/'>Mara "
    "Quill"
    "</a></h2><article><h3><a href='/quay/'>The quay</a></h3><p>What the tide brought in.</p></article></section>",
    "another writer first": "<div class='columnists'><div><h4>Piet Oort</h4><p>Why the marsh must flood, and who pays."
    "</p></div><div><h4>Mara Quill</h4><p>Why the ferry must stay in all weathers.</p></div></div>",
    "a comment among others": "<div><div class='c'><img><div><a href='/author/mara/'>Mara Quill</a><p>Thanks for "
    "your kind "
    "words.</p></div></div><div class='c'><img><div>Joost<p>It creaks at the third span.</p></div></div></div>",
    "a teaser with a portrait": "<div><img><p>Mara Quill</p><a href='/quay/'>The quay that would not sink</a><p>It "
    "has settled "
    "by nine inches since the war.</p></div>",
    "a teaser below its headline": "<div><img><a href='/quay/'>The quay</a><div>Mara Quill</div><p>It has settled by "
    "nine "
    "inches since the war.</p></div>",
    "a teaser that is one link": "<a href='/quay/'><img><div><p>Mara Quill</p><p>It has settled by nine inches since "
    "the "
    "war.</p></div></a>",
    "a newsletter": "<div><p>Mara Quill writes about the harbour every Monday. Sign up and get it in your "
    "inbox.</p></div>",
    "a call to subscribe": '<div class="author-box"><h4>Mara Quill</h4><p>Subscribe to the letter of the '
    "harbour.</p></div>",
    "a form": '<div class="author-contact"><h4>Mara Quill</h4><p>Send a message to the author of this story.</p><form>'
    "<textarea></textarea></form></div>",
    "funding": "<p>Mara Quill does not work for any company that would benefit from this article.</p>",
    "who wrote the book": "<div><h3>About the author</h3><p>Sarah Vonk is the author of the book that is "
    "reviewed.</p></div>",
    "somebody whom a title names": "<div><h3>About Sarah Vonk</h3><p>She has kept the kiosk on the quay for years.</p>"
    "</div>",
    "a credit": '<div class="author-info"><span class="author-text">Posted by Mara Quill on May 3, 2024</span></div>',
    "a reviewer": '<div class="author-box">By Mara Quill. Reviewed by Piet Oort, harbour engineer, in May.</div>',
    "a call to follow anywhere": '<div class="author-box"><p>Follow Mara Quill on all the channels here.</p></div>',
    "a forum post": '<div class="post has-profile"><b>Mara Quill</b><p>Does anybody know why the bridge '
    "creaks so?</p></div>",
    "a Polish date": '<div class="author"><b>Mara Quill</b><p class="author-desc">05 maja 2021</p></div>',
    "a date, and what it is filed under": '<div class="entry-author"><b>Mara Quill</b><p>28 kwietnia 2021 Porty, '
    "mosty i statki</p></div>",
    "titles and their dates": '<div class="author-box"><h4>Mara Quill</h4><p>The quay stands (08.07.2020) Over '
    "the marsh (06.07.2020) All at sea (02.07.2020)</p></div>",
    "where the author is": '<div class="author-box"><h4>Mara Quill</h4><p>(from our office in Port Ellery)</p></div>',
    "what only members may do": '<div class="author-header"><h4>Mara Quill</h4><p>Chcete-li článek poslouchat, '
    "přihlaste se</p></div>",
    "a job in small letters": '<div class="author-box"><h4>Mara Quill</h4><p>Reporter for schools and ships</p></div>',
    "a job that is marked": '<div class="author-box"><h4>Mara Quill</h4><p class="author-desc">Former pilot</p></div>',
    "a job that microdata calls a description": '<div class="author"><b>Mara Quill</b><i class="author__title" '
    'itemprop="description">Keeper of the bridge and its lamps</i></div>',
    "who took the pictures": '<div class="author-box"><h4>Mara Quill</h4><p>Photographs by Ida Berg</p></div>',
    "two names": '<div class="author-box"><p class="author-desc">Mara Quill and Piet Oort</p></div>',
    "a call to give": '<div class="author-box"><h4>Mara Quill</h4><p>Shout Mara Quill a coffee</p></div>',
    "the person of an interview": "<div><h3>Zur Person</h3><p>Sarah Vonk, 54, leitet das Amt seit 2011.</p></div>",
    "what the author and others offer": "<p>Mara Quill and her team help you to plan a crossing in an hour.</p>",
    "a letter to subscribe to": "<section><img><h3>The Tide, with Mara Quill</h3><p>What matters in the harbour, every "
    "weekday before seven, by Mara Quill.</p><form><input></form></section>",
    "a book of the author's": "<div><img><h4>Tidewater by Mara Quill</h4><p>A family keeps a ferry through a flood.</p>"
    "</div>",
    "a name that small letters go on": "<div><img><h4>Mara Quill folgen</h4><p>Neue Texte von ihr kommen per Post.</p>"
    "</div>",
    "a class of following": '<div class="author-follow"><b>Mara Quill</b><p>A letter comes for each text.</p></div>',
    "a correction": '<div class="author-note"><p>An earlier version by Mara Quill gave a wrong number.</p></div>',
    "whose guest the author was": "<p><em>Mara Quill travelled to the isles on a boat of the harbour board.</em></p>",
    "what the reader may do": '<div class="autor"><b>Mara Quill</b><p>Sie erhalten zu jedem Text Post.</p></div>',
    "who must log in": '<div class="author"><b>Mara Quill</b><p>この機能を使うにはログインしてください。</p></div>',
    "a question to the reader": '<div class="author-note"><b>Mara Quill</b><p>Is it right? Write to us all.</p></div>',
    "a French call": '<div class="auteur"><b>Mara Quill</b><p>Recevez un courriel à chaque article.</p></div>',
    "a Russian call": '<div class="author"><b>Mara Quill</b><p>Подпишитесь на новые тексты автора.</p></div>',
    "a Turkish call": '<div class="yazar"><b>Mara Quill</b><p>Yazarı takip edin, yazıları kaçırmayın.</p></div>',
    "a Polish call": '<div class="autor"><b>Mara Quill</b><p>Chcesz napisać do autorki? Skorzystaj z poczty.</p></div>',
    "a German question": '<div class="author"><p>Haben Sie Fragen? Mara Quill freut sich über Ihre Post.</p></div>',
    "what a theme prints": '<div class="author"><b>Mara Quill</b><p>The author didn’t add any info yet.</p></div>',
    "what a French theme prints": '<div class="auteur"><b>Mara Quill</b><p>L’auteur n’a pas encore ajouté de texte.</p>'
    "</div>",
    "her interests": '<div class="authors"><h3>Author</h3><b>Mara Quill</b><i>Lecturer in Bridges</i><h3>Interests</h3>'
    "<p>Mara Quill does not work for or own shares in any company that would gain from this text.</p></div>",
    "an event": "<div><h4>Meet Mara Quill</h4><p>Mara Quill will talk about bridges on 2 June.</p></div>",
    "a paragraph below another title": "<div><h4>Do you know a bridge?</h4><p>Mara Quill is collecting stories about "
    "bridges that were never built.</p></div>",
    "her letter": "<div><img><h4>Mara Quill’s Letter</h4><p>One bridge and two links, on every Friday.</p></div>",
    "somebody else with a job": "<div><h4>The author</h4><p>Peter Oort, captain and poet, wrote about her.</p></div>",
    "opinions in Spanish": '<div class="autor"><b>Mara Quill</b><p>Sus opiniones no son las de este diario.</p></div>',
    "opinions in Russian": '<div class="author"><b>Mara Quill</b><p>Мнение автора может не отражать позицию.</p></div>',
    "opinions in Chinese": '<div class="author"><b>Mara Quill</b><p>本文仅代表作者个人观点，不代表本报立场。</p></div>',
    "a wish in Japanese": '<div class="author"><b>Mara Quill</b><p>ご意見やご感想は編集部へお寄せください。</p></div>',
    "a member's right": "<div><img><h4>Mara Quill</h4><p>To read all that Mara Quill found, become a member.</p></div>",
    "an Italian call": '<div class="autore"><b>Mara Quill</b><p>Leggi tutti i suoi testi e ricevi lettere.</p></div>',
    "what she had to do with it": "<p>Mara Quill has worked for two of the ports mentioned in this text.</p>",
    "what a Chinese theme prints": '<div class="author"><b>Mara Quill</b><p>这家伙很懒，什么都没有留下。</p></div>',
    "somebody else behind a title": '<p class="autor-bio"><i>The author</i> Peter Oort was born on a boat in 1941.</p>',
    "a telephone": '<div class="author"><a href="/mara">Mara Quill</a><p>Press: Tel. +41 58 76. Write!</p></div>',
    "the site's owner": "<div><h3>About the author</h3><i></i><p><b>Peter Oort, MA</b></p><p>Once a captain, now a "
    "keeper of the pier.</p></div>",
    "entries of hers": "<div><div><p>10:32</p><b>Mara Quill</b><p>The ferry has left, and Mara waves.</p></div><div>"
    "<p>10:05</p><b>Mara Quill</b><p>The captain has been seen at the bakery.</p></div></div>",
    "a moral right": "<p>Mara Quill asserts her moral right to be named as the writer of this text.</p>",
    "a list of people": "<div><div><img><h3>Mara Quill</h3><p>Head of sales</p></div><div><img><h3>Piet Oort</h3><p>"
    "Captain of the boats and keeper of the pier.</p></div></div>",
    "somebody else": '<div class="author-box"><h4>Piet Oort</h4><p class="author-bio">Piet paints ships.</p></div>',
    "byline with date": '<div class="byline author">By Mara Quill, Harbour Ledger, May 22, 2024 at 9:05 a.m.</div>',
    "comment": f'<ol class="comments"><li class="comment-author vcard">Mara Quill <p>{BIO}</p></li></ol>',
    "related post": f'<div class="related-posts"><div class="author-card">Mara Quill<p>{BIO}</p></div></div>',
    "tags below the byline": '<div class="author-meta">Mara Quill <span>May 2, 2024</span>'
    ' <a href="/tag/a">#harbour</a>, <a href="/tag/b">#bridges and roads</a></div>',
}


@pytest.mark.parametrize("box", NONE.values(), ids=NONE)
def test_what_is_no_biography_of_the_author_gives_none(box: str) -> None:
    assert read(box).bio.value is None


LIST = '<ul><li><a href="/quay/">The quay</a> - May 2, 2024</li><li><a href="/crane/">The crane</a></li></ul>'


@pytest.mark.parametrize(
    "box",
    [
        f'<div class="fancy"><h4>Latest posts by Mara Quill (<a href="/author/mara/">see all</a>)</h4>{LIST}</div>',
        f'<div class="fancy"><div class="hd">More articles from Mara Quill</div><div>{LIST}</div></div>',
        f'<div class="author-box"><h4>Mara Quill</h4><div class="author-latest">{LIST}</div></div>',
        f"<div><p>Neueste Beiträge von Mara Quill</p>{LIST}</div>",
        f"<div><h4>Другие материалы автора</h4>{LIST}</div>",
        f"<div><h5>Інші статті автора</h5>{LIST}</div>",
        f"<div><h5>Więcej tekstów autorki</h5>{LIST}</div>",
        f"<div><h5>Mara Quill: latest work</h5>{LIST}</div>",
        f"<section><h3>Mara Quill</h3><p>{BIO}</p><h4>Du même auteur</h4>{LIST}</section>",
        f"<p>Mara Quillの最新記事</p>{LIST}",
        "<div><h3>Más artículos de Mara Quill</h3><div><a href='/quay/'>The quay</a><i>May 2, 2024</i></div>"
        "<div><a href='/crane/'>The crane</a></div><h3>Más leído</h3><div><a href='/x/'>Storm</a></div></div>",
        f'<section><header><h2>Latest from <a href="/author/mara/">Mara Quill</a></h2></header>{LIST}</section>',
        "<div><div>More stories by Mara Quill</div><div><div><a href='/quay/'>The quay</a> May 2, 2024</div><div><a "
        "href='/crane/'>The crane</a></div></div></div>",
        "<div class='author-box'><h4>Mara Quill</h4><h5>Recent posts</h5><p><time datetime='2024-05-02'></time> <a "
        "href='/quay/'>The quay</a></p><p><a href='/crane/'>The crane</a></p></div>",
        "<div><h3>Articles by Mara Quill</h3><div><a href='/sea/'>Sea</a><h4><a href='/quay/'>"
        "The quay</a></h4><i>May 2, 2024"
        "</i></div><div><a href='/sea/'>Sea</a><h4><a href='/crane/'>The crane</a></h4></div></div>",
        "<div><b class='t'>More by Mara Quill</b><p><a href='/quay/'>The quay</a> May 2, "
        "2024</p><p><a href='/crane/'>The "
        "crane</a></p><b class='t'>Keywords</b><p><a href='/k/a/'>Ships</a></p></div>",
        f'<div class="related-posts"><h4>More posts by Mara Quill</h4>{LIST}</div>',
        "<div class='more'><h3>More from Mara Quill</h3><a href='/quay/'><time>May 2, 2024</time><b>The quay</b></a>"
        "<a href='/crane/'>The crane<i>#harbour</i></a></div>",
        "<div class='author-box'><h4>Mara Quill</h4><div>Latest posts</div><div><a href='/quay/'><i>May 2, 2024</i>"
        "<b>The quay</b></a></div><div><a href='/crane/'>The crane</a></div></div>",
        "<div><h3>More from Mara Quill</h3><div><a href='/quay/'>News<h4>The quay</h4></a><i>May 2, 2024</i></div>"
        "<div><a href='/crane/'>News<h4>The crane</h4></a></div></div>",
    ],
)
def test_a_list_titled_by_the_author_gives_the_latest_posts(box: str) -> None:
    posts = read(box).latest_posts.value or ()
    assert [(post.title, post.url) for post in posts] == [
        ("The quay", "https://ledger.example/quay/"),
        ("The crane", "https://ledger.example/crane/"),
    ]
    assert [post.date for post in posts] == ["2024-05-02", None]


@pytest.mark.parametrize(
    "box",
    [
        f"<div><h4>Latest posts</h4>{LIST}</div>",
        f"<div><h4>Latest posts by Piet Oort</h4>{LIST}</div>",
        "<div><b>Articles by Mara Quill</b><p>See <a href='/'>our front page</a> or <a "
        "href='/search/x'>search</a>.</p></div>",
        "<div class='author-box'><h4>Mara Quill</h4><h5>Read more from our desk</h5><p><a "
        "href='/desk/'>Desk</a></p></div>",
        "<div><h4>Latest posts by Mara Quill</h4><ul><li><a href='/author/mara/'>Mara Quill</a></li></ul></div>",
    ],
)
def test_other_lists_are_not_the_authors_posts(box: str) -> None:
    assert read(box).latest_posts.value is None


@pytest.mark.parametrize("title", ["More posts by this author", "مقالات أخرى للكاتب"])
def test_a_title_that_names_nobody_means_the_only_author(title: str) -> None:
    box = f"<div><h4>{title}</h4>{LIST}</div>"
    assert len(read(box).latest_posts.value or ()) == 2
    assert read(box, "Mara Quill", "Piet Oort").latest_posts.value is None


def test_each_author_gets_the_own_biography_and_the_first_ones_is_the_articles() -> None:
    boxes = "".join(
        f'<div class="author-card"><img src="/{key}.jpg"><h4>{name}</h4><p class="author-bio">{name} {does}.</p></div>'
        for key, name, does in (("piet", "Piet Oort", "paints ships"), ("mara", "Mara Quill", "keeps goats"))
    )
    box = read(boxes, "Mara Quill", "Piet Oort")
    assert box.bio.value == "Mara Quill keeps goats."
    authors = described(Choice((Author("Mara Quill"), Author("Piet Oort"))), box).value or ()
    assert [author.bio for author in authors] == ["Mara Quill keeps goats.", "Piet Oort paints ships."]
    assert [author.avatar for author in authors] == [
        "https://ledger.example/mara.jpg",
        "https://ledger.example/piet.jpg",
    ]


TOGETHER = {
    "cards in a section": "<section class='post-authors'><div><h3>Mara Quill</h3><p class='author-bio'>{}</p>"
    "</div><div><h3>"
    "Piet Oort</h3><p class='author-bio'>{}</p></div></section>",
    "cards that no class names": "<div><h3>About the authors</h3><div><img src='/m.jpg'><div><b>Mara Quill</b><p>{}</p>"
    "</div>"
    "</div><div><img src='/p.jpg'><div><b>Piet Oort</b><p>{}</p></div></div></div>",
    "names and texts in turn": "<div class='author-bios'><h4>Mara Quill</h4><p>{}</p><h4>Piet Oort</h4><p>{}</p></div>",
}


@pytest.mark.parametrize("box", TOGETHER.values(), ids=TOGETHER)
def test_a_box_about_several_authors_is_taken_apart(box: str) -> None:
    ships = "Paints the ships that call at the harbour, in oil."
    found = read(box.format("Walks bogs and writes about what grows there.", ships), "Mara Quill", "Piet Oort")
    assert found.bios == (("Mara Quill", "Walks bogs and writes about what grows there."), ("Piet Oort", ships))


def test_a_portrait_beside_the_biographys_element_is_the_authors() -> None:
    box = (
        f'<div><div><img src="/m.jpg"></div><div><p>Mara Quill</p><div class="author-biography">{BIO}</div></div></div>'
    )
    assert read(box).avatars == (("Mara Quill", "https://ledger.example/m.jpg"),)


def test_a_sign_is_no_portrait_and_a_gravatar_is_one() -> None:
    gravatar = "https://gravatar.example/avatar/1?d=identicon"
    box = (
        f'<div class="author-box"><img src="/icons/mail.png"><img src="{gravatar}"><b>Mara Quill</b><p>{BIO}</p></div>'
    )
    assert read(box).avatars == (("Mara Quill", gravatar),)


def test_what_stands_below_a_title_within_the_text_is_the_biography() -> None:
    html = (
        f"<html><body><article>{HEADER}<p class='end'>The ferry will stop in October.</p><h3>About the author</h3>"
        "<p>She walks bogs and writes about them.</p><p>She keeps goats as well.</p></article></body></html>"
    )
    document = Document(Page(html.encode(), URL))
    layout = Layout(document.by_tag["h1"][0], document.by_class["lede"][0], document.by_class["end"][0])
    box = read_author_box(document, layout, (Author("Mara Quill"),))
    assert box.bio.value == "She walks bogs and writes about them. She keeps goats as well."


def test_a_standfirst_in_the_authors_box_is_no_biography() -> None:
    lede = "The bridge is open again after two years of work on its northern pier."
    box = f'<div class="author"><a href="/author/mara/">Mara Quill</a><p>{lede}</p></div>'
    described_as = f'<meta name="description" content="{lede}">'
    assert read(box).bio.value == lede
    assert read(box, before=described_as).bio.value is None


def test_a_page_without_headline_or_body_is_read_too() -> None:
    document = Document(Page(b"<p>x", URL))
    assert read_author_box(document, Layout(), ()).bio.value is None


def test_of_two_copies_of_a_biography_the_one_with_all_its_white_space_is_taken() -> None:
    box = (
        '<div class="abh_box"><div class="abh_about_tab"><b class="abh_name"><a href="/author/mara/">Mara Quill</a></b>'
        '<div class="abh_description">Mara covers ports.By day.And by night.</div></div></div>'
        '<div class="mg-info-author-block"><div class="media-body"><h4 class="media-heading">'
        '<a href="/author/mara/">Mara Quill</a></h4><p>Mara covers ports. By day. And by night.</p></div></div>'
    )
    assert read(box).bio.value == "Mara covers ports. By day. And by night."


def test_a_name_inside_of_another_ones_element_is_no_part_of_a_box() -> None:
    box = '<div class="bio"><div>Mara Quill<b>Piet Oort</b></div></div>'
    page = Page(f"<main>{HEADER}{box}</main>".encode(), "https://ledger.example/islands/bridge/")
    authors = (Author("Mara Quill"), Author("Piet Oort"))
    assert read_author_box(Document(page), Layout(), authors).bios == ()


def test_a_blogger_who_says_who_they_are_by_the_first_name_is_described() -> None:
    hello = "<aside><h4>Hi, I'm Mara!</h4><p>I cross bridges and write down what they say.</p></aside>"
    assert read(hello).bio.value == "I cross bridges and write down what they say."
    assert read(hello, "Piet Oort").bio.value is None


def test_the_date_of_an_account_makes_no_comment_of_a_profile() -> None:
    profile = '<div><a href="/author/mara/">Mara Quill</a><p>I cross bridges, and write.</p><p>{}Mar 1, 2019</p></div>'
    assert read(profile.format("Joined ")).bio.value == "I cross bridges, and write."
    assert read(profile.format("")).bio.value is None


def test_a_biography_that_begins_with_a_year_in_a_script_without_spaces_is_one() -> None:
    bio = "1978年生まれ。地方紙の記者を経て、橋について書いている。"
    assert read(f'<div class="writer-profile"><p>森田 かおり</p><p>{bio}</p></div>', "森田 かおり").bio.value == bio


def test_a_note_on_a_line_of_its_own_does_not_hide_the_biography() -> None:
    note = "<p>Opinions expressed by contributors are their own.</p><p>I cross bridges, and write.</p>"
    box = read(f'<div><div><a href="/author/mara/">Mara Quill</a> <i>Contributor</i></div>{note}</div>')
    assert box.bio.value == "I cross bridges, and write."


@pytest.mark.parametrize(
    ("label", "is_told"), [("プロフィール", True), ("Written by", True), ("By", False), ("話した人", False)]
)
def test_a_label_above_the_name_says_that_a_box_without_portrait_is_about_the_author(label: str, is_told: bool) -> None:
    bio = "港町の路地を歩き、聞いた話を書きとめている。"
    box = read(f"<div><p>{label}</p><div>山口 玲奈</div><p>{bio}</p></div>", "山口 玲奈")
    assert box.bio.value == (bio if is_told else None)


@pytest.mark.parametrize(("initials", "is_told"), [("M", True), ("MQ", True), ("PO", False)])
def test_initials_stand_for_a_portrait(initials: str, is_told: bool) -> None:
    bio = "Walker, rower, occasional sailor."
    box = read(f"<footer><div><i>{initials}</i><div><h3>Mara Quill</h3><p>{bio}</p></div></div></footer>")
    assert box.bio.value == (bio if is_told else None)


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("Mara has covered bridges since 2011.", True),
        ("I cross bridges and write.", True),
        ("What two years of work did to a harbour and its boats.", False),
        ("May 2, 2024 by Mara Quill for the Harbour Ledger.", False),
    ],
)
def test_a_card_by_the_headline_has_to_speak_of_its_name(text: str, is_told: bool) -> None:
    card = f'<div class="x1"><img src="/m.jpg"><div><p>Mara Quill</p><p>{text}</p></div></div>'
    assert read("", before=card).bio.value == (text if is_told else None)


def test_a_byline_at_the_end_heads_the_biography_below_it() -> None:
    box = read(
        '<div class="x1"><img><div><p>By Mara Quill</p><p>Once a mason, now a reporter of bridges.</p></div></div>'
    )
    assert box.bio.value == "Once a mason, now a reporter of bridges."


CLOCKS = '<p class="author-description">住在港口小城，修钟。</p>'


def test_a_description_right_behind_the_name_is_about_it() -> None:
    box = read(f'<div class="card"><i class="author-name">Mara Quill</i>{CLOCKS}</div>')
    assert box.bio.value == "住在港口小城，修钟。"


def test_a_description_behind_another_name_is_not() -> None:
    box = read(f'<div class="card"><i class="author-name">Bo Jones</i>{CLOCKS}</div>')
    assert box.bio.value is None


def test_a_biography_that_microdata_repeats_as_the_publishers_is_one() -> None:
    stated = f'<span hidden itemprop="publisher" itemscope><meta itemprop="description" content="{BIO}"></span>'
    assert read(f'{stated}<div class="about-author"><b>Mara Quill</b><p>{BIO}</p></div>').bio.value == BIO


@pytest.mark.parametrize(
    "notice",
    [
        '<div class="copyright__author"><b>Mara Quill</b><p class="copyright__author-desc">小机器与慢天气</p></div>',
        "<div><img src=/m.jpg><b>Mara Quill</b><p>采用 CC BY 4.0 许可协议，转载请注明来自港口手记。</p></div>",
        "<div><img src=/m.jpg><b>Mara Quill</b><p>It is shared under CC BY 4.0 and may be used.</p></div>",
    ],
    ids=["a box about rights", "a licence in Chinese", "a licence"],
)
def test_a_notice_of_copyright_is_no_biography(notice: str) -> None:
    assert read(notice).bio.value is None
