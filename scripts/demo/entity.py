# ruff: noqa: E501 (a template reads best in one line)
"""Sentences with one bracketed entity, by its kind."""

from __future__ import annotations

from .grammar import lines, words

LISTS = {
    "first": words(
        """Anna, Peter, Maria, James, Lena, Tom, Sofia, David, Emma, Lucas, Nina, Paul, Julia, Omar, Aisha, Chen, Yuki, Ravi,
        Priya, Carlos, Elena, Ivan, Olga, Hugo, Clara, Felix, Ines, Jonas, Karin, Lars, Mona, Nils, Oscar, Petra, Rosa, Samuel,
        Tara, Viktor, Wendy, Zoe, Ahmed, Fatima, Bruno, Greta, Henry, Irene, Jack, Kate, Liam, Mia, Noah, Olivia, Simon, Ruth"""
    ),
    "last": words(
        """Smith, Jones, Brown, Meyer, Schmidt, Garcia, Lopez, Rossi, Novak, Petrov, Kim, Tanaka, Singh, Patel, Khan, Hansen,
        Larsen, Berg, Dubois, Martin, Silva, Costa, Murphy, Walsh, Wilson, Clark, Baker, Fischer, Weber, Wagner, Moretti, Vargas,
        Lindqvist, Kowalski, Haddad, Okafor, Mensah, Nakamura, Ferrari, Keller, Bauer, Stone, Hill, Young, Reed, Ward, Lam"""
    ),
    "company_word": words(
        """Nordic, Blue, Alpha, Green, Sun, Star, River, Delta, Atlas, Nova, Orion, Summit, Union, Global, Pioneer, Vertex, Harbor,
        Maple, Granite, Falcon, Titan, Beacon, Crystal, Metro, Prime, Omega, Red, Silver, Baltic, Alpine, Coral, Swift, Bright"""
    ),
    "company_kind": words(
        """Bank, Motors, Airlines, Foods, Energy, Systems, Software, Insurance, Group, Ltd, Inc, GmbH, Industries, Shipping, Media,
        Partners, Labs, Steel, Pharma, Telecom, Logistics, Holdings, Press, Studios, & Sons, Corporation, Technologies, Foundation"""
    ),
    "city": words(
        """Paris, London, Berlin, Madrid, Rome, Vienna, Oslo, Stockholm, Helsinki, Prague, Warsaw, Lisbon, Dublin, Athens, Cairo,
        Nairobi, Lagos, Tokyo, Osaka, Seoul, Beijing, Mumbai, Delhi, Sydney, Toronto, Chicago, Boston, Lima, Bogota, Hamburg, Munich,
        Zurich, Geneva, Milan, Naples, Seville, Porto, Bergen, Tampere, Gdansk, Riga, Tallinn, Ankara, Jakarta, Manila, Quito"""
    ),
    "region": words(
        """France, Norway, Spain, Italy, Kenya, Brazil, Canada, Japan, India, Peru, Egypt, Iceland, Poland, Greece, Texas, Bavaria,
        Tuscany, Scotland, Wales, Alaska, Lake Garda, Mount Etna, the Alps, the Andes, the Sahara, the Black Forest, the Baltic Sea,
        the Danube, the Rhine, Lake Victoria, Green Street, Station Road, Market Square, Mill Lane, Oak Avenue, Victoria Park"""
    ),
    "month": words(
        "January, February, March, April, May, June, July, August, September, October, November, December"
    ),
    "weekday": words("Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday"),
    "n": [str(n) for n in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 15, 17, 18, 20, 21, 23, 25, 27, 30)],
    "big": [
        "12",
        "15",
        "20",
        "25",
        "40",
        "45",
        "60",
        "75",
        "80",
        "99",
        "120",
        "150",
        "250",
        "300",
        "450",
        "500",
        "750",
        "900",
        "1,200",
        "2,500",
        "3,000",
        "5,000",
        "40,000",
    ],
    "year": [str(year) for year in range(1912, 2031, 3)],
    "product_word": words(
        """Lumo, Zenit, Swiftbook, Aero, Pixo, Nimbus, Vela, Kora, Tempo, Orbit, Photon, Glide, Spark, Echo, Prisma, Luna, Rapid,
        Fiesto, Brio, Solo, Astra, Vento, Picco, Cleanmax, Turbo, Maxi, Ultra, Comfort, Galaxo, Playbox, Runner, Stella, Corvo"""
    ),
    "product_kind": words(
        """phone, laptop, tablet, camera, printer, vacuum cleaner, toaster, sedan, van, bike, shampoo, chocolate bar, running shoe,
        watch, console, headphones, drill, cereal, lemonade, toothpaste, mixer, scooter, keyboard, speaker, tractor, mattress, pen"""
    ),
    "person": lines(
        """
        <first> <last>
        <first> <last>
        <first>
        (Dr|Mr|Mrs|Ms|Professor|President|Captain|Judge|Sir|Minister) (<first> |)<last>
        <first> (van|de|von|al|O') <last>
        """
    ),
    "organisation": lines(
        """
        <company_word> <company_kind>
        <company_word> <company_kind>
        (the |)(University|Bank|Hospital|Chamber|Museum|Institute|Chess Club|Football Club) of <city>
        the (Ministry|Department|Office|Institute) of (Health|Finance|Education|Transport|Justice|Physics|Labour|Agriculture)
        (the |)(Red Cross|World Bank|United Nations|European Union|Labour Party|Green Party|Supreme Court|City Council|Senate|Navy|Teachers' Union|Rotary Club)
        <city> (United|City Council|Rovers|Hospital|University|Philharmonic|Police)
        <last> (&|and) (<last>|Sons|Partners)
        <last> <company_kind>
        """
    ),
    "spot": lines(
        """
        <city>
        <city>
        <region>
        (North|South|West|East|New|Old|Upper|Port|San|Saint) <city>
        <city> (Airport|Station|Harbour)
        the (old town|city|port|streets) of <city>
        """
    ),
    "date": lines(
        """
        <n> <month>( <year>|)
        <month> <n>(, <year>|)
        <month> <year>
        <weekday>( morning| evening| night|)
        <year>
        (yesterday|tomorrow|last week|next month|last year|the 1990s|the summer of <year>|next <weekday>|the 1960s|Christmas Eve|New Year's Day|Easter)
        the (first|second|third|last) (of|week of|day of|Sunday in) <month>
        """
    ),
    "product": lines(
        """
        <product_word> (X|Pro|Mini|One|<n>|S<n>|XL|Plus|300|Air|Go)
        (the |)<product_word> <product_kind>
        <company_word> <product_word>
        <product_word>
        <product_word>(phone|book|pad|cam|soft|mix|clean|watch)( <n>| Pro|)
        """
    ),
    "amount": lines(
        """
        <big> (euros|dollars|pounds|kroner|yen|francs|rupees|cents)
        (€|$|£)<big>
        <n>( and a half|.5|) (million|billion|percent|per cent|kilos|litres|tonnes|miles|kilometres|hours)( euros| dollars|)
        (two|three|five|ten|twelve|twenty|fifty|a hundred|a thousand) (euros|dollars|pounds|percent|kilos|litres|tonnes|million|coins|metres)
        <big> (kg|km|tonnes|litres|metres|percent|%|grams|watts)
        (half a|about a|a quarter of a|one) (million|billion|tonne|kilo|litre)( euros| dollars|)
        """
    ),
}

PEOPLE = lines(
    """
    [<person>] (opened|chaired|joined|left|missed|attended|led) the (meeting|debate|ceremony|conference|match|talks)
    [<person>] (said|told us|explained|wrote|announced|denied|thinks|believes) that (sales were good|it would rain|the plan failed|prices rose)
    [<person>] (was born|lives|grew up|died|studied|works) in <spot>
    (the letter|the book|the song|the report|a note|the painting) (was written|was signed|was made) by [<person>]
    (we met|she called|they thanked|he married|I asked|the police questioned|they elected) [<person>] (in <spot>|on <weekday>|yesterday|after lunch)
    [<person>](, aged <n>,|, who is a nurse,|, a teacher from <city>,|, the mother of two,) (won|lost|bought|sold) the (house|race|prize|bike)
    (according to|with|together with|thanks to) [<person>](, |, we know that |, they found that )the (shop|bridge|office) will open
    (her|his|my) (brother|sister|boss|neighbour|doctor|teacher) [<person>] (bought a car|moved to <spot>|plays the piano|retired in <year>)
    <organisation> (hired|dismissed|promoted|sued|appointed) [<person>] (in <month>|as director|last week|)
    [<person>] and <person> (work for <organisation>|met in <spot>|have two children|wrote the report)
    """
)
GROUPS = lines(
    """
    [<organisation>] (hired|dismissed|promoted|sued|appointed) (<person>|two hundred workers|a new director)
    [<organisation>] (raised its prices|reported a loss|opened a branch in <spot>|plans to build a factory|was founded in <year>|sells its shares|cut jobs)
    <person> (works for|left|founded|joined|leads|was hired by|sued) [<organisation>]( in <year>| in <month>|)
    (a spokesman for|the head of|members of|employees of|the board of|shares of|the lawyers of) [<organisation>] (spoke|resigned|met|fell|rose|went on strike) (on <weekday>|in <spot>|yesterday|)
    (the contract|the order|the deal|the complaint|the bill) (with|from|of|against) [<organisation>] was signed (on <weekday>|in <spot>|for <amount>)
    [<organisation>] (paid|offered|owes|donated|lost|invested) <amount>( to the school| in <year>|)
    [<organisation>] (and|with|against) <organisation> (agreed|merged|went to court|compete)
    [<organisation>] (launched|recalled|presented|produces) (the |)<product>
    """
)
PLACES = lines(
    """
    (the train|the plane|the bus|the ship|the parcel) (to|from|via|near) [<spot>] (was late|leaves at <n>|is full|arrived <date>)
    <person> (was born|lives|grew up|died|studied|works|spent the summer) in [<spot>]
    (we drove|they flew|she moved|he walked|I travelled|the family went) (to|through|from|towards) [<spot>]( in <month>| last week| by car|)
    (it rained|there was snow|a fire broke out|the festival begins|the meeting takes place|prices are high) (in|near|around) [<spot>]( <date>| today|)
    (the mayor|the people|the hills|the museums|the weather|the harbour) of [<spot>] (is|are) (famous|worth a visit|well known|busy)
    <organisation> (opened|closed|built|has) (an office|a factory|a branch|a school) in [<spot>]
    [<spot>] (lies|is) (north of|south of|far from|close to|two hours from) (the sea|the border|<spot>)
    [<spot>] (has|is home to) (two rivers|a million people|an old church|a large port)
    """
)
DATES = lines(
    """
    (the meeting|the exam|the wedding|the concert|the sale|the contract) (is|was|starts|ends|takes place|was moved to) (on |in |)[<date>]
    <person> (was born|died|arrived|left|married|retired|called) (on|in|) [<date>]
    (on|in|since|until|before|after|by) [<date>](,|) <organisation> (opened its doors|will close|raised prices|paid <amount>)
    (please pay|send the form|return the books|reply|finish the report) (by|before|until) [<date>]
    (the war|the project|the season|the strike|the construction) (began|ended|started|finished) (in|on|around) [<date>]
    (we met|they sold it|she moved to <spot>|the shop was closed|it snowed) [<date>]
    [<date>] (was|will be) (a holiday|the deadline|the hottest day|the last day)
    """
)
PRODUCTS = lines(
    """
    (the new|the|a|her|my|this) [<product>] (has a larger screen|broke after a week|costs <amount>|is sold out|comes in three colours|runs on batteries)
    <organisation> (launched|recalled|presented|produces|sells|discontinued) (the |)[<product>]( in <month>| last week| for <amount>|)
    <person> (bought|sold|repaired|tested|returned|ordered) (the|a|an|his|her) [<product>]( online| on <weekday>| for <amount>|)
    (customers|testers|users|children|drivers) (like|complain about|recommend|prefer) the [<product>]
    (the battery|the price|the manual|the lid|the engine|the software|the taste) of the [<product>] (is|was) (poor|excellent|improved|changed)
    [<product>] (works with|is better than|is lighter than|looks like|replaces) the (old model|<product>)
    (we cleaned it with|he types on|she rides|they print with|I wash with|he took the photo with) (a|the|an|her) [<product>]
    """
)
AMOUNTS = lines(
    """
    (the ticket|the repair|the house|the car|the coat|the meal|the course) (costs|cost|is worth|was sold for) [<amount>]
    <organisation> (paid|offered|owes|donated|lost|invested|earned) [<amount>]( to <person>| in <year>| for the building|)
    <person> (paid|won|lost|borrowed|saved|earned|inherited) [<amount>]( in <month>| at the market|)
    (the price|the rent|the fine|the debt|the budget|sales) (rose|fell|increased|dropped) (by|to) [<amount>]
    (the bag|the parcel|the box|the truck) (weighs|holds|carries) [<amount>]
    (more than|less than|about|nearly|a total of|up to) [<amount>] (was stolen|were spent|went to the school|is missing|were sold|is needed)
    (they need|we used|he drank|she ran|it takes|the tank holds) [<amount>]( every day| per week| of water|)
    a (fee|bonus|loan|discount|deposit) of [<amount>]( is due on <date>| was agreed| was paid|)
    """
)

FRAMES = {
    "person": PEOPLE,
    "organisation": GROUPS,
    "place": PLACES,
    "date": DATES,
    "product": PRODUCTS,
    "amount": AMOUNTS,
}
