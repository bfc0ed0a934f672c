# ruff: noqa: E501 (a template reads best in one line)
"""Sentences of newspapers, by their subject."""

from __future__ import annotations

from .grammar import lines, words

# Subject, verb phrase and addition of each topic; the frames below combine them.
WHO = {
    "sport": """the striker, the goalkeeper, the home team, the coach, the referee, the sprinter, the swimmer, the champion,
        the young tennis player, the cyclist, the boxer, the skier, the gymnast, the captain, the midfielder, the marathon runner,
        the rugby side, the basketball club, the national squad, the golfer, the rowing crew, the ice hockey team, the fans,
        the defender, the jockey, the racing driver, the wrestler, the volleyball team, the cricket team, the archer""",
    "business": """the company, the bank, the shareholders, the chief executive, the start-up, the retailer, the car maker,
        the central bank, the airline's owners, the investors, the supplier, the factory, the stock market, the chain of shops,
        the manufacturer, the board of directors, the exporter, the oil price, the merger, the insurance firm, the brand,
        the accountants, the wholesaler, the software firm, the real estate group, the trade union, the share price""",
    "science": """the researchers, the astronomers, the physicist, the biologists, the telescope, the laboratory, the probe,
        the chemists, the experiment, the geologists, the fossil, the satellite, the study of bees, the microscope, the new material,
        the particle, the climate model, the rocket, the mathematicians, the robot, the comet, the DNA sample, the volcano experts,
        the botanist, the enzyme, the black hole, the engineers, the neurons, the planet, the marine scientists""",
    "politics": """the parliament, the prime minister, the president, the opposition, the senator, the mayor, the voters,
        the government, the minister, the coalition, the party leader, the ambassador, the council, the candidate, the senate,
        the lawmakers, the foreign minister, the governor, the election commission, the deputies, the cabinet, the treaty,
        the protesters, the supreme court, the chancellor, the new law, the referendum, the delegates, the budget committee""",
    "culture": """the novelist, the painter, the orchestra, the museum, the film director, the actress, the choir, the poet,
        the theatre, the gallery, the pianist, the exhibition, the sculptor, the opera house, the band, the dancer, the festival,
        the playwright, the violinist, the photographer, the library, the comedy, the singer, the ballet company, the new novel,
        the documentary, the composer, the author, the jazz trio, the audience, the art school, the statue, the soprano""",
    "health": """the doctors, the hospital, the patients, the nurse, the vaccine, the surgeon, the clinic, the new drug,
        the dentist, the virus, the pharmacist, the blood test, the therapy, the pregnant women, the allergy season, the flu,
        the physiotherapist, the diabetics, the sleep experts, the painkiller, the heart specialist, the infection, the headache,
        the health office, the medicine, the ambulance crew, the diet study, the eye doctor, the psychologist, the symptoms""",
    "travel": """the tourists, the airline, the hotel, the cruise ship, the hikers, the passengers, the guide, the island,
        the backpackers, the night train, the airport, the campsite, the beach resort, the border crossing, the ferry, the hostel,
        the travellers, the mountain hut, the visa rules, the city tour, the suitcase, the holidaymakers, the scenic railway,
        the old town, the safari, the road trip, the flight, the youth hostel, the sightseeing bus, the travel agency""",
    "food": """the cook, the chef, the bakery, the recipe, the soup, the sauce, the restaurant, the cheese, the dough, the baker,
        the vegetable stew, the chocolate cake, the wine, the spices, the kitchen, the olive oil, the roast, the pastry, the menu,
        the bread, the garlic, the noodles, the butcher, the apple pie, the salad, the coffee roaster, the mushrooms, the pancake,
        the curry, the rice, the grill, the jam, the fresh herbs, the honey, the fish dish, the breakfast eggs""",
}
DID = {
    "sport": """won the final, scored twice in the second half, lost the match on penalties, broke the world record, took the gold medal,
        missed the penalty, trains six days a week, was injured before the game, climbed to the top of the table, beat the rivals,
        was sent off with a red card, finished third in the race, won in straight sets, reached the quarter-finals, kept a clean sheet,
        missed the Olympics, signed for another club, celebrated the cup, crossed the finish line first, lifted the trophy,
        drew two all, warmed up in the stadium, scored from a free kick, defended the title, retired from the tournament""",
    "business": """reported higher profits, cut two hundred jobs, raised its prices, lowered interest rates, opened ten new shops,
        bought a rival, went bankrupt, pays a dividend, lost a quarter of its value, plans to go public, doubled its sales,
        signed a contract worth millions, closed its factory, invested in a warehouse, missed its quarterly target, fell on the exchange,
        expects growth this year, hired a new manager, warned of losses, sold its shares, borrowed money, launched a new product line,
        gained market share, announced a takeover, exports more than ever, owes the creditors a fortune""",
    "science": """discovered a new species, measured the age of the rock, landed on the moon, detected a faint signal, published the data,
        orbits a distant star, solved an old equation, split the molecule, found water on Mars, grows crystals in the lab,
        observed the eclipse, tested a theory of gravity, decoded the genome, sent back pictures from space, explains how birds navigate,
        mapped the sea floor, built a quantum computer, confirmed the hypothesis, studied the ice core, glows under ultraviolet light,
        found bones of a dinosaur, cooled the gas to near absolute zero, traced the evolution of whales, collides at high energy""",
    "politics": """passed the bill, resigned after the vote, won the election, called for new elections, rejected the tax reform,
        signed the peace treaty, lost the majority, debated the budget, promised lower taxes, imposed sanctions, gave a speech to the nation,
        met the ambassador, vetoed the law, leads in the polls, demanded an inquiry, was sworn in, formed a coalition,
        voted against the motion, defends the new policy, recalled the diplomats, campaigns in the north, amended the constitution,
        wants stricter border rules, faces a vote of no confidence, announced a reform of pensions""",
    "culture": """won the literary prize, opened a new exhibition, played to a full house, published a collection of poems, premiered on Friday,
        painted the portrait, recorded a new album, received a standing ovation, sings the leading role, restored the old fresco,
        shows works from three centuries, tours with a string quartet, wrote a play about love, was nominated for an award,
        performs Bach, reads from the latest novel, fills the concert hall, was filmed in black and white, staged a tragedy,
        donated the sculpture, celebrates folk music, adapted the novel for the screen, bought a rare manuscript, dances barefoot""",
    "health": """recommend more sleep, treats high blood pressure, lowers the risk of a stroke, spreads in winter, suffer from back pain,
        developed a new treatment, needs more nurses, protects against measles, examined the knee, relieves the pain, caused a fever,
        warn of too much sugar, recovered after surgery, advise washing your hands, was tested on volunteers, cures the infection,
        prescribed antibiotics, helps with anxiety, takes care of newborns, reduces cholesterol, checked the heart, fights cancer,
        eases a sore throat, need a second dose, opened a ward for children, says exercise keeps the brain young""",
    "travel": """arrived at the airport late, booked a room with a view, missed the connection, cancelled all flights, sails along the coast,
        crossed the border on foot, lost their luggage, offers cheap tickets to Rome, explored the old town, sleeps in the dunes,
        welcomes more visitors each summer, needs a visa, rented a car at the harbour, runs from Paris to Vienna overnight,
        leads to a hidden beach, stayed in a mountain village, packed for two weeks, visited three islands, took the scenic route,
        flies nonstop to Lisbon, is full in July, photographed the temples, hiked through the national park, checked in at noon""",
    "food": """tastes of lemon and thyme, bakes for an hour, simmers on low heat, needs more salt, serves fresh fish, is fried in butter,
        melts in the oven, goes well with potatoes, was awarded a star for its menu, rises overnight, is sprinkled with parsley,
        roasts the beans, smells of cinnamon, uses local vegetables, adds a spoon of cream, peels the onions, is served with rice,
        marinates for a day, cooks with chilli, boils for ten minutes, is sweetened with honey, whips the egg whites, ripens for a year,
        prepares a vegan dinner, sells sourdough loaves, is seasoned with pepper""",
}
ADD = {
    "sport": """in the league, at the championship, after extra time, in the stadium, in front of the fans, this season, in the relay,
        in the last minute of the game, at the world cup, on the pitch, in the derby, in the playoffs, on the track""",
    "business": """on the stock exchange, in the last quarter, despite the recession, to cut costs, after the merger, in the retail trade,
        because of inflation, with venture capital, on the labour market, for its customers, at the annual meeting, to save money""",
    "science": """with a new telescope, in the journal, at the research institute, after years of experiments, in the laboratory, under the microscope,
        in orbit, millions of years ago, with laser light, at the university, in a simulation, in the atmosphere""",
    "politics": """in parliament, before the election, after a long debate, in the capital, at the party congress, despite the opposition,
        at the summit, in the coalition talks, with a narrow majority, on the campaign trail, at the United Nations""",
    "culture": """at the festival, on the stage, in the gallery, at the opera, in the concert hall, in the museum of modern art, in the cinema,
        at the book fair, in the style of the baroque, for the audience, at the premiere, in the city theatre""",
    "health": """in the hospital, during the flu wave, according to doctors, for patients over sixty, after the operation, in clinical trials,
        without side effects, at the clinic, for a healthy heart, in intensive care, with regular exercise, on prescription""",
    "travel": """during the holidays, in high season, on the way to the coast, with only a backpack, on a cruise, at the border, in the Alps,
        for a weekend trip, along the river, by train, off the beaten track, near the lagoon, without a reservation""",
    "food": """in the kitchen, with garlic and oil, for dinner, in a hot pan, with a glass of wine, at the farmers' market, for six guests,
        with fresh basil, on the menu, in the oven, for the sauce, with seasonal vegetables, at the table""",
}
EXTRA = {
    "sport": "who will win the (cup|league|race|tournament) this (year|season) is open|the (match|game|race) was (stopped|postponed) because of (rain|snow|fog)|(ticket|stadium) (queues|crowds) before the (derby|final)|(training|practice) starts with (push-ups|sprints|stretching)",
    "business": "(sales|profits|exports|revenues|orders|wages|prices) (rose|fell|doubled|dropped|stagnated) (by ten percent|again|in spring|sharply)|(unemployment|inflation|demand|the deficit|turnover) (is rising|is falling|worries the market)|how to (found|fund|sell|run) a (small company|firm|family business)",
    "science": "(why|how) (stars|cells|atoms|plants|magnets|bacteria|volcanoes|tides|proteins) (form|move|grow|communicate|die|react)|(light|sound|gravity|electrons|photons) (travels|bends|behaves) (strangely|in waves|near a star)|(mice|fruit flies|bacteria|ants) (were|are) (observed|bred|counted) for the (study|experiment)",
    "politics": "(voters|citizens|members) (go to the polls|vote|decide) on (Sunday|the reform|the new mayor)|(taxes|pensions|borders|schools|defence) (divide|dominate) the (debate|campaign|cabinet)|(talks|negotiations) between the two (governments|parties|countries) (failed|continue)",
    "culture": "(paintings|drawings|films|poems|songs|statues) from the (last century|renaissance|sixties) (are shown|return|are sold at auction)|(the curtain rises|rehearsals begin|the reading starts) (on Friday|at eight|in May)|a (concert|musical|novel|film) about (love|war|a family|growing up)",
    "health": "(how to avoid|what helps against) (colds|back pain|stress|migraine|insomnia|a cough|sunburn)|(smoking|sugar|alcohol|too little sleep|sitting) (harms|damages) the (lungs|liver|heart|teeth|blood vessels)|(walking|swimming|yoga|fibre) (is good for|strengthens) the (heart|immune system|joints|bones)",
    "travel": "(ten|five|seven) (tips|beaches|trails|villages) (for|in|near) (a summer in Greece|the Alps|Lisbon|Iceland|families with a caravan)|(a week|two days|a month) in (Japan|Tuscany|Morocco|Scotland|Peru) (by train|on foot|with children|on a small budget)|(pack|bring|carry) (light|a map|a raincoat|your passport) for the (trek|trip|journey)",
    "food": "(how to|the best way to) (bake|fry|grill|season|pickle|peel|chop|steam) (carrots|a steak|bread|tofu|salmon|beans|cabbage|onions)|(add|stir in|mix|sprinkle) (the flour|two eggs|sugar|grated cheese|butter|a pinch of salt)|(lunch|dinner|breakfast|dessert) with (pears|lentils|noodles|yoghurt|pumpkin|berries)",
}

LISTS = {
    **{f"{topic}_who": words(text) for topic, text in WHO.items()},
    **{f"{topic}_did": words(text) for topic, text in DID.items()},
    **{f"{topic}_add": words(text) for topic, text in ADD.items()},
    **{f"{topic}_extra": [f"({text})"] for topic, text in EXTRA.items()},
    "time": words(
        "yesterday, on Monday, this week, last month, in the spring, on Saturday, today, this year, last night, in June"
    ),
    "said": words(
        "reports say that, experts say that, it was announced that, people say, according to the paper"
    ),
}

SHARED = lines(
    """
    TOPIC_who> TOPIC_did>
    TOPIC_who> TOPIC_did> TOPIC_add>
    <time> TOPIC_who> TOPIC_did>
    <said> TOPIC_who> TOPIC_did>
    TOPIC_who> TOPIC_did> <time>
    TOPIC_extra>
    TOPIC_who> and TOPIC_who> (met|spoke|appeared|waited|were praised) TOPIC_add>
    TOPIC_add>, TOPIC_who> TOPIC_did>
    """
)
FRAMES = {topic: [frame.replace("TOPIC", f"<{topic}") for frame in SHARED] for topic in WHO}
