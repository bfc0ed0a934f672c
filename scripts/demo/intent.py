# ruff: noqa: E501 (a template reads best in one line)
"""Messages of customers, by what they want."""

from __future__ import annotations

from .grammar import lines, words

LISTS = {
    "thing": words(
        """lamp, kettle, jacket, phone case, charger, desk, chair, blender, toaster, backpack, suitcase, watch, shirt,
        dress, pair of shoes, pair of boots, coat, headphones, speaker, keyboard, mouse, monitor, printer, camera, tripod,
        mattress, pillow, duvet, sofa, bookshelf, rug, curtain, mirror, vase, mug, frying pan, knife set, coffee machine,
        vacuum cleaner, iron, fan, heater, bicycle, helmet, tent, sleeping bag, skateboard, guitar, toy train, puzzle,
        board game, stroller, car seat, dog bed, cat tree, garden hose, lawn mower, drill, ladder, paint, perfume, cream,
        necklace, ring, novel, cookbook, textbook, calendar, poster, hoodie, scarf, gloves, sunglasses, trainers, rucksack,
        tablet, laptop, router, hard drive, memory card, battery, cable, jeans, sweater, swimsuit, yoga mat, dumbbells"""
    ),
    "service": words(
        """subscription, membership, plan, premium plan, account, trial, free trial, booking, reservation, order, contract,
        newsletter, gym membership, magazine subscription, streaming plan, phone contract, weekly box, yearly plan,
        appointment, ticket, insurance, standing order, auto-renewal, family plan, business plan, monthly plan"""
    ),
    "amount": words(
        """20 euros, 35 pounds, 14.99, 49 dollars, 120 euros, 8.50, 60 pounds, 75 dollars, 9 euros, 210 dollars,
        the full price, the shipping fee, the deposit, half of it, 300 kroner, $15, $89, my payment"""
    ),
    "when": words(
        """yesterday, last week, on Monday, on Tuesday, on Friday, two weeks ago, ten days ago, a month ago, this morning,
        last night, in March, in May, three days ago, over a week ago, on the 5th, in the spring, last Thursday, today"""
    ),
    "screen": words(
        """app, website, page, checkout page, search box, cart, basket, settings page, map, calendar view, menu, dashboard,
        upload button, save button, payment form, contact form, profile page, video player, filter, export, login screen,
        dark mode, chat window, photo gallery, report, table, home screen, print view, mobile version, site, program"""
    ),
    "place": words(
        "Leeds, Oslo, Berlin, Madrid, Lyon, Bristol, Ghent, Turin, Vienna, Porto, Cork, Austin, Denver, Perth"
    ),
    "hi": lines(
        """
        (Hi|Hello|Hey|Good morning|Dear team|Good evening|Hi there|Excuse me|Hello there|Dear support)(,|.|!)
        (Please help|Quick question|One question|I need help|Sorry to bother you)(.|:|,)
        (I am a bit annoyed|I am quite upset|This is my second message|I wrote before)(.|:)
        """
    ),
    "bye": lines(
        """
        (Thanks|Thank you|Many thanks|Cheers|Regards|Best wishes|Thanks in advance|Thank you very much)(.|!|)
        (Please|Kindly) (reply|answer|respond|get back to me)( soon| today| quickly|).
        (I am waiting for your answer|Looking forward to your reply|Please hurry|It is quite urgent|No rush).
        (Order number|My order is|Reference|The number is) (4471|80213|A-552|77190|3308|B12).
        """
    ),
    "canyou": words(
        """can you, could you, would you, can you please, could you please, please, is it possible to, how can I get you to"""
    ),
    "want": words(
        "I want to, I would like to, I need to, I'd like to, I wish to, we want to, I have to, let me, I have decided to"
    ),
    "howdo": words(
        "how do I, how can I, where can I, where do I, what must I do to, is there a way to, am I able to, can I, may I"
    ),
}

FRAMES = {
    "refund": lines(
        """
        (I want|I would like|I need|I demand|I am asking for|please give me) (my money back|a refund|a full refund|a partial refund)( for the <thing>| for my <thing>| for this <thing>| for the <service>|)
        the <thing> (arrived|came) (broken|damaged|cracked|scratched|torn|faulty|defective|in pieces|with a part missing|in the wrong colour|in the wrong size), (I want my money back|please refund me|can I get a refund|I want to return it|how do I return it)
        I (returned|sent back|gave back|posted back) the <thing> <when> (and|but) (have not got|have not received|still have not seen|never got|am still waiting for|have seen no sign of) (my money|the money|the refund|<amount>|a penny)( back|)
        (when|how soon) (will|do) I (get|receive|see) (my money|the money|the refund|<amount>)( back|)( on my card| in my account|)
        (how long|how many days) does (a|the|my) (refund|reimbursement|repayment) (take|need)
        (my refund|the refund|the reimbursement) (has not arrived|is still missing|is late|never came|was too small|is not on my statement|was less than I paid)
        you (owe|promised) me (<amount>|a refund|my money back)
        <canyou> (refund|reimburse|repay|pay back|return) (me|<amount>|the cost of the <thing>|my money|me for the <thing>)
        (I was charged|you charged me|you took <amount>|the card was charged) (twice|two times|double|by mistake|too much|wrongly|for something I did not order), (please pay it back|please return the money|I want it back|give it back|refund the difference)
        the <thing> (does not fit|is too small|is too big|is not what I expected|does not suit me|is poor quality), (can I send it back for my money|I would like to return it for a refund|I want to give it back and be repaid)
        (do you|will you|can you) (give|pay|offer) (money back|a refund|compensation) (if|when) (the <thing> is faulty|I am not satisfied|I send it back|the item is used)
        (please|kindly) (put|send|transfer|credit) (the money|<amount>|what I paid) back (to|on|onto|into) (my card|my bank account|my account|PayPal)
        (what is|tell me about|explain) your (refund|money back|returns|return) (policy|rules|guarantee|terms)
        (am I entitled to|do I have a right to|can I claim) (a refund|my money back|compensation|reimbursement)
        I (cancelled|sent back|never got) (the order|the <thing>|it) <when>, (so where is my money|so I expect the money back|where is the refund|and my payment was not returned)
        I (paid|spent) <amount> (for|on) a <thing> that (does not work|broke after a day|is useless|was never sent), (give me that back|I want the money returned|so refund it)
        """
    ),
    "delivery": lines(
        """
        (where is|where's|what happened to) (my parcel|my package|my order|my <thing>|the <thing> I ordered|my shipment|the courier|my delivery)
        (when|what day|what time) (will|does|is) (my|the) (parcel|package|order|<thing>|shipment|delivery) (arrive|come|get here|be here|be delivered|reach me|due|ship)
        (my|the) (parcel|package|<thing>|order|shipment) (has not arrived|is late|never came|is still not here|has not been delivered|seems to be lost|got lost|is stuck in <place>|has been stuck at customs|went to the wrong address)( yet| since <when>|)
        the (courier|driver|postman|carrier|delivery man) (left|dropped|threw|handed) (it|the parcel|the package|the box) (at the wrong door|with a neighbour|in the rain|at the old address|outside|behind the bins|over the fence)
        the (courier|driver|postman|carrier) (did not ring|never came|did not show up|said nobody was home|was late|could not find my house)
        the tracking( number| page| link|) (says|shows|has said) (delivered|in transit|it is on its way|nothing|out for delivery|it left <place>)(, but (nothing came|I have nothing|there is no parcel here|it never reached me)| for days|)
        I (ordered|bought) a <thing> <when> (and|but) (it is still not here|it has not come|have been waiting since|nothing has been delivered|it has not been shipped)
        (do you|can you|will you) (ship|deliver|send|post) (to|into) (<place>|Canada|Norway|Spain|an island|another country|a PO box|my office|my neighbour)
        how (long|many days) (does|will) (shipping|delivery|the post|sending it) (to <place> |)(take|need)
        (how much|what) (is|does|are) (shipping|delivery|postage|express delivery|the shipping costs) (cost|to <place>|)
        <canyou> (change|correct|update) the (delivery|shipping) (address|date|time)( of my order| for the <thing>|)
        <canyou> (send|deliver|ship|bring) (it|the <thing>|my order|the parcel) (to <place>|on Saturday|after 6|to another address|tomorrow|to my work|by express|faster)
        (has|was) (my|the) (<thing>|order|parcel) (been sent|been shipped|been dispatched|left the warehouse|sent|shipped|dispatched)( yet|)
        (only half|only a part|just one box|one of two boxes) of my order (came|arrived|was delivered|is here)( today| so far|)
        (I will not be|nobody will be|I am not) (home|at home|there) (when the courier comes|on the delivery day|tomorrow for the parcel), (can you leave it next door|can it come later|please deliver on another day)
        (I need|please give me|what is|I lost|I cannot find) (the|my) (tracking number|tracking link|tracking code|delivery date|shipping date)
        (can I|may I|is it possible to) (pick up|collect) (the parcel|the <thing>|my order) (at|from) (a shop|the depot|the post office|your warehouse)
        """
    ),
    "cancel": lines(
        """
        <want> (cancel|end|stop|terminate|quit|call off) (my|the|this|our) <service>
        <canyou> (cancel|end|stop|terminate|close|delete) (my|the|our) <service>( right away| from next month| as of today| before it renews|)
        <howdo> (cancel|end|stop|terminate|get out of|unsubscribe from|leave) (my|the|this|your) <service>
        (please|kindly) (do not|don't) (renew|extend|continue|prolong) (my|the|our) <service>( next month| next year| any more|)
        I (no longer want|do not need|don't want|have no use for|am done with) (the|my|this|your) <service>( any more| any longer|)(, please stop it|, so end it|)
        I (ordered|booked|bought) (the wrong <thing>|a <thing> by mistake|the <thing> twice), (please cancel it|can you stop the order|stop it before it ships|I want to call it off)
        (cancel|stop|withdraw) (my|the) (order|order for the <thing>|<service>)( please| at once| immediately|, I changed my mind|)
        I (changed my mind|have found something cheaper|am moving abroad|made a mistake) (about the <thing>|and want to cancel|, please cancel the <service>|so please end my <service>)
        (is it too late|can I still|may I still) (to cancel|cancel|withdraw from|stop) (the <thing>|my <service>|the order)( before it ships|)
        (what is|how long is) the (notice period|cancellation period|deadline) (for|of) (my|the) <service>
        (take|remove|get) me (off|out of) (your|the) (mailing list|<service>)
        I (am leaving|am quitting|want out|give notice|hereby give notice)( of my <service>|, please close my account|)( at the end of the month|)
        (close|delete|shut down) my account( and all my data| for good| please|)
        (stop|end) (charging me|taking money) (every month |)(for|and close) (the|my) <service>
        (is there|do you charge) a (fee|penalty) (if I|when I) (cancel|end|stop|leave) (my|the) <service>( early|)
        (we will not|I will not|we can't|I cannot) (come|make it|attend) (on Friday|tomorrow|next week), (please cancel the <service>|so drop our <service>|call it off)
        """
    ),
    "password": lines(
        """
        I (forgot|have forgotten|lost|cannot remember|can't recall|do not know) (my|the) (password|passcode|PIN|login|login details|username|security answer)( again|)
        <howdo> (reset|change|recover|update|get back|choose) (my|a new|the) (password|passcode|PIN|login)
        <canyou> (reset|unlock|recover|restore) (my|the) (password|account|login|access)
        the (reset|recovery|confirmation) (link|email|code|mail) (does not work|never came|has expired|is not in my inbox|did not arrive|is invalid)
        I (cannot|can't|can not|am not able to|am unable to) (log in|sign in|get into my account|access my account|log on)( any more| since <when>| with my new phone|)
        (my account|my profile|the login) (is|was|has been) (locked|blocked|frozen)( after three tries| after too many attempts|)
        (it|the site|the login|the app) (says|keeps saying|tells me) (my password is wrong|wrong password|incorrect password|invalid login|unknown user|that the code is wrong)
        the (two-factor|verification|security|login|sms) code (never arrives|does not arrive|is not accepted|went to my old phone|goes to an old number)
        (someone|somebody|a stranger) (hacked|got into|logged into|knows the password of) my account(, I need a new password|)
        I (need|want|would like) (a new|to set a new|to change my) (password|passcode|PIN|login)( for my account|)
        (I have a new|I lost my|I changed my) (phone|email address|number) and (cannot log in|can't sign in|cannot get the code|need access again)
        (what|which) (characters|length|rules) (does|must) (a|the|my) password (need|have)
        (please|kindly) (send|mail|text) me (a new password|a reset link|a fresh code|my login details|a link to sign in)
        I (typed|entered|tried) (my password|the PIN|the code) (wrong |)(three|five|too many) times and (am locked out|it is blocked now|cannot get in)
        (I am|we are|my wife is|my son is) locked out( of my account| of the app| of our account|)
        (the password|my login) (I saved|in my browser|you sent) (is not accepted|does not work|no longer works)
        """
    ),
    "invoice": lines(
        """
        (I need|please send me|can I have|could I get|I never got|I am missing|I did not receive|where is) (the|an|my|a copy of the) (invoice|bill|receipt|VAT invoice|tax receipt|proof of purchase)( for the <thing>| for my order| for <when>| from <when>| for the <service>|)
        <howdo> (download|find|print|see|get) (my|the|an|all my) (invoice|invoices|bill|bills|receipt|receipts|billing history|statement)
        the (invoice|bill|receipt) (has|shows|lists|contains) (the wrong|an old|a wrong|an incorrect) (address|name|company name|amount|VAT number|date|total|item)
        <canyou> (change|correct|update|put|add) (the|our) (company name|VAT number|tax number|billing address|order number|name) (on|to) the (invoice|bill|receipt)
        (my|our|the) (accountant|bookkeeper|tax office|boss|finance team|company) (needs|wants|asks for|requires) (an invoice|the receipt|a bill|the invoice as a PDF|a proper receipt)( for the <thing>|)
        (what|why) is (this|the) (charge|fee|line|amount|extra cost|item) (of <amount> |)on my (bill|invoice|statement|last bill)( for|)
        (the|my) (bill|invoice) (is higher than|does not match|is different from|is more than) (the offer|what we agreed|last month|the price on the site|the order)
        (when|by what date|until when) (is|must|do I have to pay) (the|my|this) (invoice|bill)( due| be paid|)
        (can I|may I|how do I) pay (the|my|this) (invoice|bill) (later|by bank transfer|in two halves|by card|bit by bit)
        (I paid|we have already paid|I settled) (the|this) (invoice|bill) <when>(, but got a reminder|, why do you send it again| but it still shows as open)
        (I got|we received|there are) (two|three|several) (invoices|bills|reminders) for (one order|the same <thing>|the same month|the <service>)
        (please|kindly) (send|email|mail|post) (the|our|all) (invoices|bills|receipts) (to|as|in) (our accounting|a PDF|another address|one file|paper form)
        (is|was) (VAT|tax|sales tax) (included|shown|listed)( on the invoice| in the bill|)
        (the|an) (invoice|receipt) for the <thing> (is missing|was not in the box|was not attached|cannot be opened|is in the wrong language)
        (our|the) (billing|invoice) (address|department|email) has changed( since <when>|, please update it|)
        (I need|we require) (a document|a paper|proof) (that shows what I paid|of my payment|with the tax on it) for (my taxes|the tax return|my expenses|the insurance)
        """
    ),
    "bug": lines(
        """
        the <screen> (crashes|freezes|hangs|closes|stops|shows an error|goes blank|turns white|keeps loading|jumps back|flickers)( every time| when I open it| when I click on save| after the update| on my phone| since <when>| all the time|)
        (I get|there is|it shows|I keep getting) (an error|error 500|error 404|a strange message|a blank page|a black screen|an endless spinner|a warning) (when I|each time I|as soon as I) (open the <screen>|save|click on search|upload a photo|log out|print|scroll down|add an item)
        (since|after) (the|your) (last|latest|new) (update|version|release) the <screen> (no longer works|is broken|crashes|is very slow|shows nothing|does not load)
        the <screen> (does not|doesn't|won't|will not) (work|load|open|respond|react|scroll|save|show anything|do anything|refresh)( on my phone| in Firefox| in Chrome| on my tablet| any more|)
        (when I|if I|as soon as I) (click|tap|press|touch) (on |)(save|the <screen>|next|the button|search|back), (nothing happens|it crashes|the <screen> closes|I get an error|the screen freezes)
        (I found|I want to report|I think there is|there seems to be) (a bug|an error|a mistake|a glitch|a fault|a problem) in (the|your) <screen>
        (the numbers|the dates|the pictures|the letters|the totals) (in|on) the <screen> are (wrong|missing|cut off|mixed up|doubled|shown twice|not sorted)
        the (button|link|image|text|sound|video|icon) (on|in|of) the <screen> (is missing|is broken|does nothing|leads nowhere|overlaps|is not visible|does not play)
        (my|all my) (changes|settings|photos|notes|data|items) (vanish|disappear|are gone|are lost|are not saved) (when I close the <screen>|after a restart|every time)
        the <screen> (shows|displays|gives|prints) (the wrong|a wrong|an impossible|yesterday's|a negative) (price|date|time|total|name|result|language)
        the <screen> (is|has become|runs) (very slow|extremely slow|broken|unusable|full of errors|frozen)( since <when>| today| on my laptop|)
        (the app|your program|the software) (drains my battery|eats all memory|restarts by itself|logs me out every minute|does not start|will not install)
        (dark mode|the print function|the search|the export|the sync|the alarm|the notification) (is broken|does not work|stopped working|finds nothing|gives an empty file|does nothing)
        """
    ),
    "hours": lines(
        """
        (when|what time|at what time|until when|from when) (do you|does the shop|does the store|does your office|does the branch in <place>|does the counter) (open|close|shut|start|open up)( today| tomorrow| on Sunday| on Saturdays| on weekdays|)
        (are you|is the shop|is the store|is your office|is the <place> branch|is the hotline) (open|closed|shut|staffed)( on Sunday| on Saturday| on Monday| tomorrow| today| at Easter| on public holidays| over Christmas| at lunch| after 6| now| right now|)
        what are (your|the) (opening hours|opening times|business hours|hours|office hours|closing times)( on weekends| in <place>| in summer| during the holidays|)
        (how late|how long|how early) (are you|is the shop|is the store|do you stay|can I come in|is the <place> branch) (open|there|today|tonight)
        (can I|may I|could I) (come|drop by|visit|stop by|come over|pick it up) (at 8|after work|on Sunday|before nine|late in the evening|at noon|on a holiday)(, are you open then| or are you closed|)
        (which|what) days (are you|is the shop|is your office) (open|closed)
        (do you|does the shop|does the branch) (work|have hours|open|close) (on weekends|on Sundays|at Christmas|on New Year|on bank holidays|at noon|over lunch|at night)
        (is anyone|is somebody|will anyone be) (there|in the shop|in the office) (on Saturday|at seven|this evening|on the holiday|after five)
        (I would like to know|tell me|please tell me|I need to know) (your|the) (opening hours|hours|opening times|closing time)( for tomorrow| this week| in <place>|)
        (when|what time) is (the|your) (shop|store|showroom|office|branch|desk|service desk|phone line) (open|closing|opening)( today| on Friday| this week|)
        I (want|plan|hope) to (come|visit|drop in) (on Sunday|tomorrow morning|late tonight|this weekend), (when do you open|what are your hours|will you be open|until when are you there)
        (does|has) the (shop|store|office|branch) (in <place> |)(have|got) (longer|special|different|shorter) (hours|opening times)( in December| in summer| this week|)
        (are|do) (your|the) (hours|opening times) (the same|change) (on holidays|in winter|on Saturdays|in August)
        """
    ),
    "human": lines(
        """
        <want> (speak|talk) (to|with) (a human|a person|a living person|someone|somebody|a live agent|an employee|a manager|your boss|customer service|a member of staff)( please| now| on the phone|)
        <canyou> (connect|transfer|put|pass) me (to|through to|on to) (a human|a person|a living person|a live agent|someone|a colleague|your supervisor|the support team|an operator) (about my case|straight away|without delay|for a short talk|at last)
        (give me|get me|I need|I want) (a human|a living person|a live agent|a real human being|a person|someone alive|your manager|an operator)(, not a bot|, not a robot| instead of this bot| please|)
        (is there|isn't there) (a human|a person|anybody|someone|a living person|anyone) (I can talk to|I can call|there|I could speak with|who can help me)
        (are you|am I talking to) (a bot|a robot|a machine|a computer|a living person|a human)(, I want a person|, please get me a live agent|)
        (stop|enough of|I am tired of|I hate) (these automatic answers|this bot|the chatbot|talking to a machine|canned replies|this robot)(, let me speak to a person| and give me a human| I want a human|)
        (what is|give me|I need|is there) (the|a|your) (phone number|hotline|telephone number|number) (of|to reach|where I can reach|to speak with) (a living person|your staff|an employee|someone)
        (please|kindly|can someone) (call|phone|ring) me( back|)( today| tomorrow| this afternoon|)(, I want to explain it to a person|, I would rather talk|)
        (let|have) (a human|someone|a person|a colleague|an expert|a manager) (call me|look at this|answer me|read my message|handle this|take over)
        (this bot|the chatbot|this machine|your assistant) (does not understand me|is useless|is no help|cannot help|keeps repeating itself)(, get me a person| I need a live agent|, I want to talk to someone|)
        (could|can|may) I (speak|talk|chat) (to|with) (someone|a person|a human|a live agent|staff|the manager|an adviser)( please| about this| in person|)
        I (would rather|prefer to|only want to) (talk|speak|deal) (to|with) (a person|a human|people|real staff|a human being)
        (nobody|no one) (answers|helps|understands), (I want a person|I want to talk to someone|where are the people|please let a human answer)
        (operator|agent|human|representative|real person)(,|) please
        """
    ),
}
