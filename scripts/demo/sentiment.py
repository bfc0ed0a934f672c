# ruff: noqa: E501 (a template reads best in one line)
"""Reviews and remarks, by their feeling."""

from __future__ import annotations

from .grammar import lines, words

LISTS = {
    "item": words(
        """film, book, hotel, room, meal, soup, coffee, phone, laptop, jacket, shoes, tent, bike, course, concert, play,
        album, app, game, camera, pizza, cake, service, staff, waiter, driver, guide, museum, beach, garden, sofa, bed,
        headphones, update, website, teacher, lesson, trip, flight, train, bus, breakfast, steak, salad, wine, tea, story,
        ending, acting, music, picture, sound, battery, screen, lamp, knife, blender, delivery, support, holiday, tour,
        apartment, pool, view, market, party, match, show, recipe, bread, bakery, shop, restaurant, cafe, doctor, repair"""
    ),
    "good": words(
        """good, great, excellent, wonderful, lovely, superb, fantastic, brilliant, delicious, perfect, amazing, charming,
        delightful, beautiful, outstanding, impressive, terrific, pleasant, friendly, helpful, comfortable, reliable, warm,
        fresh, clever, funny, moving, thrilling, gorgeous, splendid, magical, top quality, first class, worth every penny,
        better than expected, a joy, a treat, a dream, a success, spotless, quick and kind, tasty, elegant, inspiring"""
    ),
    "bad": words(
        """bad, terrible, awful, horrible, poor, dreadful, disgusting, boring, dull, rude, dirty, broken, slow, useless,
        disappointing, noisy, cold, stale, ugly, cheap and flimsy, overpriced, a waste of money, a waste of time, a joke,
        a nightmare, a disaster, unbearable, annoying, confusing, unfriendly, bland, soggy, worse than expected, pathetic,
        unreliable, uncomfortable, a mess, faulty, tasteless, painful, a let-down, a scam, lazy, burnt, smelly, careless"""
    ),
    "fact": words(
        """opens at nine, closes at six, is on the second floor, has two doors, costs twelve euros, weighs three kilos,
        comes in four colours, starts on Monday, lasts two hours, is made of wood, was built in 1990, has a blue cover,
        is next to the station, takes ten minutes, is printed on paper, has 300 pages, holds two litres, is sold in boxes,
        was updated in May, is available in three sizes, has a window to the street, runs every hour, seats forty people,
        comes with a manual, needs two batteries, is listed on page five, was moved to Tuesday, has a black handle,
        is measured in metres, belongs to the city, contains five chapters, is made in Portugal, uses a standard plug,
        is open on weekdays, was delivered on Thursday, has a small and a large version, is described in the leaflet,
        begins at eight and ends at ten, is about average, is neither good nor bad, does what the label says"""
    ),
    "very": words(
        "very, really, so, absolutely, truly, simply, just, quite, incredibly, extremely, totally, rather"
    ),
}

FRAMES = {
    "positive": lines(
        """
        the <item> (was|is) (<very> |)<good>
        (I|we|my wife|my son|everyone|the children) (loved|adored|enjoyed|really liked|was thrilled by|fell in love with|could not get enough of) (the|this|every minute of the|every bit of the) <item>
        (what|such) a (great|wonderful|lovely|superb|brilliant|fantastic|beautiful|delightful) <item>
        the <item> (exceeded|went beyond) (my|our|all) (expectations|hopes)
        (best|the best|easily the best|by far the best) <item> (I have|we have|I've) (ever had|had in years|tried|seen|ever owned|come across)
        (I|we) (would|will|can) (recommend|gladly recommend|happily recommend) (it|the <item>|this <item>)( to anyone| to everybody| to all my friends|)
        (I|we) (will|would) (definitely |certainly |gladly |)(come back|return|buy it again|order again|book again|go again|be back)
        (I|we) (laughed|smiled|danced|sang) (the whole evening|all the way home|from start to finish|until my cheeks hurt)
        (thank you|thanks|many thanks|hats off|well done|bravo)( to the team| to the cook| to everyone|) for (the|this|such a) (<good> |)<item>
        the <item> (made my day|made me smile|made us happy|works like a charm|works perfectly|runs smoothly|never lets me down|was worth the wait|won my heart|left us speechless with joy)
        (could not|couldn't) (be happier|be more pleased|ask for more|have been better|wish for more|put it down|stop smiling)( with the <item>|)
        (not bad at all|not a single complaint|nothing to complain about|no complaints|I have no regrets), the <item> (was|is) <good>
        (I was|I am|we are|we were) (<very> |)(happy|pleased|delighted|impressed|satisfied|thrilled|grateful|glad|overjoyed) (with|about|for) the <item>
        (at first I had doubts|I was sceptical|I expected little|it was expensive), but the <item> (is|was|turned out) <good>
        (five stars|ten out of ten|full marks|two thumbs up|pure joy|a real gem|money well spent|hooray)(, the <item> is <good>| for the <item>|)
        the <item> (is|was) <good> and the <item> (is|was) <good>( too|)
        they (solved|fixed|answered|handled) (it|everything|my problem|my question) (in minutes|at once|with a smile|kindly|without any fuss)
        """
    ),
    "negative": lines(
        """
        the <item> (was|is) (<very> |)<bad>
        (I|we|my wife|my son|everyone|the children) (hated|disliked|regretted|was annoyed by|was bored by|could not stand|had to return|got sick from) (the|this|every minute of the) <item>
        (what|such) a (terrible|awful|horrible|boring|poor|dreadful|sad|disappointing) <item>
        the <item> (fell apart|broke|stopped working|died|tore|failed|leaked|cracked|began to smell) (after a week|after two days|on the first day|within an hour|the first time I used it|almost at once)
        (worst|the worst|easily the worst|by far the worst) <item> (I have|we have|I've) (ever had|had in years|tried|seen|ever owned|come across)
        (I|we) (would not|will not|cannot|can't|would never) (recommend|advise|suggest) (it|the <item>|this <item>)( to anyone| to my worst enemy|)
        (never again|stay away|do not buy this|avoid it|save your money|keep your money|look elsewhere)(, the <item> is <bad>|: the <item> was <bad>|)
        (I|we) (want|demand|wanted) (my|our) money back( for the <item>| after this <item>|)
        (nobody|no one|not a single person) (helped|answered|apologised|cared|cleaned up|said sorry|knew anything)( about the <item>|)
        the <item> (ruined|spoiled|wasted) (my|our|the whole) (day|evening|trip|weekend|holiday|appetite)
        (I was|I am|we are|we were) (<very> |)(disappointed|angry|annoyed|upset|unhappy|frustrated|fed up|shocked|ashamed|furious) (with|about|by) the <item>
        (we waited|I waited|they kept us waiting|it took) (an hour|forever|three weeks|ages|half the night) (for|and then) (the <item>|nothing|they had forgotten us|it was cold)
        (I expected more|it looked nice|it sounded promising|I wanted to like it|the start was fine), but the <item> (is|was|turned out) <bad>
        (one star|zero stars|zero out of ten|thumbs down|a total failure|what a shame|money down the drain|rubbish)(, the <item> is <bad>| for the <item>|)
        the <item> (is|was) <bad> and the <item> (is|was) <bad>( too|)
        (I|we) (fell asleep|walked out|left early|gave up|felt cheated|felt ignored|got a headache|lost my patience)( during the <item>| because of the <item>| halfway through|)
        the <item> (does not|doesn't|never) (work|fit|start|taste of anything|keep its promise|last|do what it says|deserve the price|charge)
        they (ignored|insulted|overcharged|forgot|lied to|laughed at) (me|us|every guest|my question)
        the <item> is not <good>( at all|)
        """
    ),
    "neutral": lines(
        """
        the <item> <fact>
        the <item> <fact> and <fact>
        (I|we|my sister|a friend) (bought|ordered|used|took|booked|saw|tried|visited|received) the <item> (on Monday|last week|in April|yesterday|twice|for the first time|with two others|at the station|online)
        (there are|they have|the shop has|you can find) (two|three|five|ten|several) (kinds|types|sizes|versions|branches|shelves) of <item>( on offer| in the list| in town|)
        (according to|as stated in|as written in) the (leaflet|manual|sign|website|list|label), the <item> <fact>
        (does|did|will) (the|this) <item> (come with a cable|start at eight|have a second floor|include breakfast|need a ticket|work on batteries)
        (it is|it was) (a normal|an ordinary|an average|a typical|a standard|a regular) <item>(, nothing more and nothing less|, no more|, as expected| like many others|)
        the <item> (is|was) (okay|average|ordinary|so-so|as described|neither good nor bad|nothing special|acceptable|standard|medium sized|the same as before)
        (the second|the third|the new|the old|this) <item> (is|was) (smaller than|larger than|as long as|next to|different from|the same as) the (first|other|previous) one
        (this|the) review is (about|of) the <item>(, which <fact>|)
        (today|yesterday|on Tuesday|this week) the <item> (was moved|was replaced by another one|arrives|is shown|is repeated|changes its times)
        (some|a few|half of the) people (like|prefer|choose) the <item>, (others do not|others choose another one|others prefer tea)
        (I|we) have (no opinion|no strong opinion|mixed feelings) (about|on) the <item>
        (please note that|for information:|note:) the <item> <fact>
        (the box|the package|the set|the bag) (contains|holds|includes) (one <item>|a manual|two screws|a cable and a card)
        """
    ),
}
