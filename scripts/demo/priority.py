# ruff: noqa: E501 (a template reads best in one line)
"""Support tickets, by how soon somebody must act."""

from __future__ import annotations

from .grammar import lines, words

LISTS = {
    "system": words(
        """payment system, production server, website, database, mail server, warehouse system, booking system, shop,
        phone system, checkout, network, VPN, login service, main server, factory line, backup, cash register, API,
        customer portal, order system, payroll, file server, door control, alarm system, cooling, storage, firewall"""
    ),
    "part": words(
        """report, export, dashboard, printer, scanner, calendar, search, monitor, projector, spreadsheet, mailbox, laptop,
        headset, keyboard, invoice template, newsletter, form, chart, meeting room screen, test server, web page, intranet"""
    ),
    "team": words(
        """sales team, finance team, warehouse, support team, marketing, whole office, design team, front desk, night shift,
        third floor, accounting, HR, management, one customer, a customer, our biggest customer, the school, the branch"""
    ),
    "small": words(
        """typo, spelling mistake, colour, icon, logo, font, tooltip, footer, label, wording, margin, picture, comma, link
        in the footer, help text, welcome message, screenshot, button colour, capital letter"""
    ),
    "deadline": words(
        "today, by noon, tomorrow morning, by tomorrow, before Friday, this afternoon, by the end of the day, tonight"
    ),
    "later": words(
        "some day, when you have time, at some point, next quarter, eventually, in a later version, one day, whenever it suits you"
    ),
}

FRAMES = {
    "low": lines(
        """
        (there is|I noticed|I found|just saw) a (small |tiny |little |minor |)<small> (that is wrong|that looks odd|missing|problem) (on|in) the (<part>|about page|manual|help page|footer|login page)
        the <small> (on|in|of) the (<part>|about page|manual|help page) (is|looks) (slightly off|a little off|wrong|outdated|ugly|too small|not aligned|old)
        (it would be nice|it would be lovely|would be great|nice to have:) (if|to have) (the <part> had another colour|a dark theme|a darker theme|larger icons|a shortcut|nicer charts|rounded corners|an emoji picker|a new background)
        (just|only) (an idea|a suggestion|a wish|a thought|a cosmetic issue|a question out of curiosity)(: | - )(could the <part> be blue|the <small> could be nicer|maybe rename the menu|add a joke to the error page|sort the list by name|change the <small>)
        (could|can) you (change|fix|update|replace|polish) the <small> <later>
        (no hurry|no rush|not urgent|not important|whenever you like|low importance)(, but|:|,) (the <small> on the <part> is wrong|could somebody look at the <part>|please rename the folder|the <part> could be prettier|I would like a second monitor|my chair squeaks)
        (feature request|wish|suggestion|idea): (a night mode|more colours|a search in the <part>|export as a picture|another language|keyboard shortcuts|a bigger logo|sort by date)
        (please|kindly) (order|get|buy) (new pens|a new mouse pad|a plant|stickers|a better chair|more coffee mugs) <later>
        (the old|an unused|last year's) (<part>|folder|account|poster|page) can be (removed|deleted|archived|cleaned up) <later>
        the (plant|clock|poster|coffee machine|blinds|picture) (in|on) the (hall|kitchen|meeting room|corridor) (needs water|is five minutes slow|hangs crooked|squeaks|could be replaced)
        (I wonder|I was wondering|just curious) (if|whether) the <part> (could remember my choice|will get a new look|has a hidden setting|could be renamed)
        (works fine|everything works), but the <small> (bothers me|is not pretty|could be better|has a wrong shade)
        """
    ),
    "normal": lines(
        """
        (please|could you please|can you|I need you to) (create|set up|add|open) (an account|a mailbox|access|a user) for (the new colleague|our new intern|a trainee|the new hire)( who starts next week| starting on Monday next week| next month|)
        (please|could you|can you) (install|update|renew) (the <part>|the office software|a licence|the driver|the editor|the PDF reader) on my (laptop|computer|machine)( this week| next week|)
        the <part> (is|has been|runs) (slow|slower than usual|a bit unreliable|out of toner|not syncing|disconnecting) (since <later>|for some days|this week|now and then|sometimes), (but I can work|there is a workaround|I use the other one for now|it is bearable)
        (how do I|how can I|where do I) (connect|share|print|export|set up|change|move) (the <part>|a folder|my signature|the shared calendar|my phone number|a second screen)
        (my|the) <part> (does not|doesn't) (print in colour|connect at home|show last month|open old files|save the filter|send a copy), (please have a look|please check this week|can somebody help)
        (I need|we need|the <team> needs) (access to the <part>|a new keyboard|more storage|a shared folder|another licence|a bigger monitor|a training)( this month| next week| in the coming days|)
        (please|kindly) (change|update|correct) (my|the) (address|phone number|surname|job title|bank details|department) in the (system|<part>|directory)
        (one user|a customer|a colleague) (reports|says|complains) that the <part> (shows an old price|sorts wrongly|is missing a column|sends mails twice|is a bit slow)
        the (weekly|monthly) <part> (has a wrong column|lacks one number|is sent to the wrong list|needs another filter|arrives an hour late)
        (please|could you) (restore|move|copy|rename) (a file|the folder|my old mails|the project) (from last week|to the new drive|for the <team>)( when convenient this week|)
        (a|the) (printer|scanner|headset|mouse|keyboard) (on|at|of) (my desk|the second floor|the front desk) (needs repair|is jammed|is broken, I use a spare|needs new batteries|stopped, a replacement would help)
        (question about|problem with|help with) (the <part>|my holiday request|the new form|the travel tool|a filter|the shared calendar)(, please answer this week|)
        """
    ),
    "high": lines(
        """
        the <team> (cannot|can't) (use|open|reach|work with|print from) the (<part>|<system>)( since this morning| since yesterday| for two hours|)(, the deadline is <deadline>| and needs it <deadline>|)
        (I need|we need|the <team> needs) (the <part>|access|a fix|the numbers|a working laptop|the contract) <deadline>(, the audit is soon|, a customer is waiting|, otherwise we lose the order|, the board meets then|)
        (several|many|some|a dozen|about twenty) (users|customers|colleagues|orders) (cannot log in|get errors|are affected|complain|see wrong prices|are waiting|fail)( since the update| since this morning| in the <system>|)
        the <system> (is very slow|is extremely slow|keeps disconnecting|fails for some users|drops every second request|loses orders now and then|shows wrong prices|sends wrong mails)(, customers notice it|, the <team> is stuck|, please fix it <deadline>|)
        (my|the manager's|the director's|our trainer's) (laptop|computer|phone|account) (does not start|is dead|is locked|broke), (and I present to a customer <deadline>|and I cannot work at all|the presentation is <deadline>|payroll is due <deadline>)
        the (backup|certificate|licence|domain|disk) (failed for the third time|expires tomorrow|expires <deadline>|is nearly full|is at 95 percent|runs out <deadline>)
        (important customer|key customer|our biggest customer) (complains about|threatens to leave because of|is angry about|waits for) (the <system>|missing orders|wrong invoices|slow answers)
        (salaries|invoices|wages|shipments|tax papers) (must|have to) (go out|be sent|be paid) <deadline> (and|but) the (<system>|<part>) (fails|shows an error|does not respond|rejects the file)
        (a whole|one whole|an entire) (department|team|floor|branch) (is without|has no) (mail|phones|printers|network drive|internet)( since this morning| for an hour|)
        (wrong|duplicate|missing) (invoices|prices|amounts|orders) (went out to|are shown to|were sent to) (customers|several customers|the <team>)(, please correct it <deadline>|)
        (please fix|please repair|must be fixed|needs a fix) <deadline>: the <system> (rejects cards from one bank|shows no stock|cannot print labels|does not send confirmations)
        (no workaround|there is no workaround|we are blocked|I am blocked|work has stopped)(: |, )(the <part> does not open|the <team> cannot finish the release|the month-end closing waits|the <system> refuses my login)
        """
    ),
    "urgent": lines(
        """
        the( whole| entire|) <system> is (down|offline|dead|unreachable|not responding|gone)( for everyone| since five minutes| right now| and nobody can work|)(, we lose money every minute|, customers cannot pay|, all orders fail| completely|)
        (nobody|no one|no customer|none of us) can (pay|log in|order|work|check out|reach us|open the <system>)( at all| any more| right now|)
        (we have been hacked|there is a break-in|someone is stealing data|ransomware on the <system>|files are being encrypted|a virus is spreading|customer data is public|passwords leaked|an attacker is in the <system>)( right now| at this moment|, act now|)
        (fire|smoke|water|gas) (in|is coming out of|is leaking into|near) the (server room|data centre|office|basement|rack)( right now|, help|)
        (emergency|critical|alarm|SOS|outage)(: |! | - )(the <system> is down|all data is gone|every payment fails|nothing works in production|the <system> deleted all orders|patients are at risk)
        (all|every one of our) (customers|shops|branches|users|sites|machines|tills) (are|is) (down|offline|affected|without service|blocked|at a standstill)( right now| worldwide|)
        (act|come|call|help|respond) (now|immediately|at once|right away)(: |, )(the <system> is down|data is being deleted|the <system> is burning money|money is leaving the account|the <system> leaks card numbers)
        (production|the factory|the plant|the hospital ward|the airport desk) (has stopped|stands still|is at a standstill|is completely down)( because the <system> failed| since ten minutes|)
        (someone|a stranger|an unknown user) (is moving money|is deleting our files|took over the admin account|has access to all customer data|is inside the <system>)( right now|)
        (security breach|data loss|data leak|total outage|complete failure|server crash)( in production| at this moment| on the <system>|)(, everything is stopped|, all hands needed|, please call me now|)
        (a person|somebody|a worker|a patient) (is in danger|could be hurt|is trapped in the lift|got an electric shock) (because|since) the <system> (failed|does not stop|is out)
        the <system> (deletes|destroys|overwrites|leaks|double charges) (all|every|live|customer) (orders|data|records|payments|cards) (right now|as we speak|every second)
        """
    ),
}
