extension Genre {
  /// In the order of their names.
  static let all: [Genre] = [
    Genre(
      name: "Action", share: 1.3,
      nouns: ["Pursuit", "Strike", "Bullet", "Convoy", "Vengeance", "Hammer", "Fuse", "Blaze", "Fist", "Target"],
      heroes: ["a disgraced commando", "a getaway driver", "a bodyguard", "two rival fighters"],
      plots: [
        "must stop a hijacked train before it reaches the city", "fights through a night of explosions and ambushes",
        "races a gang of mercenaries to a stolen bomb", "takes on a private army in a hail of gunfire",
      ],
      moods: ["explosive", "relentless", "hard-hitting"]),
    Genre(
      name: "Adventure", share: 1.0,
      nouns: [
        "Island", "Expedition", "Compass", "Voyage", "Jungle", "Treasure", "Map", "Horizon", "Summit", "Caravan",
      ],
      heroes: ["a restless explorer", "a young map maker", "a shipwrecked crew", "an orphan with an old compass"],
      plots: [
        "sails for a treasure island that no chart shows", "crosses a jungle in search of a lost city",
        "follows an ancient map over mountains and deserts", "sets out on an expedition from which none returned",
      ],
      moods: ["sweeping", "daring", "wide-eyed"]),
    Genre(
      name: "Animation", share: 0.5,
      nouns: ["Acorn", "Puppet", "Balloon", "Fox", "Penguin", "Kite", "Robin", "Lantern", "Teapot", "Dragonfly"],
      heroes: ["a talking fox", "a toy that nobody wants", "a small penguin", "a clumsy young dragon"],
      plots: [
        "leaves the forest to find a family of its own", "learns to fly with the help of singing animals",
        "saves the toy shop before the winter holidays", "befriends the moon in a hand-drawn world of colour",
      ],
      moods: ["hand-drawn", "colourful", "cheerful"]),
    Genre(
      name: "Children", share: 0.6,
      nouns: [
        "Puppy", "Playground", "Treehouse", "Pony", "Holiday", "Schoolyard", "Kitten", "Circus", "Cookie", "Sled",
      ],
      heroes: ["three school friends", "a girl and her pony", "a lonely boy", "a brave little puppy"],
      plots: [
        "builds a treehouse that hides a secret", "finds out what friendship is worth during one long summer holiday",
        "brings a runaway circus elephant home", "outwits a greedy neighbour to save the playground",
      ],
      moods: ["gentle", "playful", "warm-hearted"]),
    Genre(
      name: "Comedy", share: 2.0,
      nouns: [
        "Wedding", "Neighbour", "Uncle", "Roommate", "Diet", "Reunion", "Intern", "Barbecue", "Mix-Up", "Landlord",
      ],
      heroes: ["a hopeless wedding planner", "two mismatched roommates", "an unlucky intern", "a family of bad liars"],
      plots: [
        "stumbles from one hilarious misunderstanding into the next", "pretends to be rich for one absurd weekend",
        "ruins a reunion with jokes that go too far", "has to hide a goat from a humourless landlord",
      ],
      moods: ["hilarious", "witty", "silly"]),
    Genre(
      name: "Crime", share: 1.0,
      nouns: ["Heist", "Alibi", "Witness", "Vault", "Racket", "Informer", "Verdict", "Ledger", "Ransom", "Syndicate"],
      heroes: ["a retired safe cracker", "an honest detective", "a mob accountant", "a small-time forger"],
      plots: [
        "plans one last bank heist", "turns against the syndicate that raised him",
        "hunts a gangster through a corrupt police force", "hides a ledger that half the underworld would kill for",
      ],
      moods: ["gritty", "cold-blooded", "street-wise"]),
    Genre(
      name: "Documentary", share: 0.4,
      nouns: [
        "Archive", "Glacier", "Orchestra", "Factory", "River", "Village", "Harvest", "Portrait", "Border", "Reef",
      ],
      heroes: [
        "a film crew", "three generations of fishermen", "the last workers of a factory", "an amateur orchestra",
      ],
      plots: [
        "tells its own true story in interviews and archive footage", "is followed by the camera for ten years",
        "shows what a melting glacier means for a village", "remembers a strike that history forgot",
      ],
      moods: ["true", "observant", "unhurried"]),
    Genre(
      name: "Drama", share: 2.4,
      nouns: ["Harbor", "Letter", "Father", "Winter", "Garden", "Silence", "Daughter", "Promise", "Orchard", "Bridge"],
      heroes: ["a widowed teacher", "two estranged brothers", "a nurse from the provinces", "a failing pianist"],
      plots: [
        "returns home to face an old grief", "struggles to forgive a father on his deathbed",
        "keeps a family together through a hard winter", "finds a letter that changes what she knew of her marriage",
      ],
      moods: ["moving", "quiet", "bittersweet"]),
    Genre(
      name: "Fantasy", share: 0.6,
      nouns: ["Dragon", "Wizard", "Crown", "Spell", "Kingdom", "Sword", "Oracle", "Tower", "Unicorn", "Amulet"],
      heroes: ["a wizard's apprentice", "a banished princess", "a young blacksmith", "the last of the elves"],
      plots: [
        "wakes a dragon under the kingdom's oldest tower", "carries a magic sword to the edge of the world",
        "breaks the spell that turned a kingdom to stone", "must choose between a crown and her magic",
      ],
      moods: ["enchanted", "magical", "mythical"]),
    Genre(
      name: "Horror", share: 0.8,
      nouns: ["Cellar", "Scream", "Grave", "Ghost", "Asylum", "Curse", "Coffin", "Shadow", "Crypt", "Séance"],
      heroes: ["a babysitter", "five students", "a night guard", "a family in a remote house"],
      plots: [
        "wakes something evil in the cellar", "is haunted by the ghost of a murdered child",
        "spends a night of terror in an abandoned asylum", "finds that the grave next door is empty again",
      ],
      moods: ["terrifying", "blood-curdling", "haunted"]),
    Genre(
      name: "Mystery", share: 0.6,
      nouns: ["Riddle", "Key", "Stranger", "Clue", "Fog", "Labyrinth", "Cipher", "Passage", "Masquerade", "Clock"],
      heroes: ["an aging inspector", "a curious librarian", "a blind witness", "an heiress without memory"],
      plots: [
        "follows a trail of clues to a locked room", "unravels the riddle of a vanished painter",
        "suspects every guest of an isolated hotel", "deciphers a diary that names tomorrow's victim",
      ],
      moods: ["puzzling", "intricate", "enigmatic"]),
    Genre(
      name: "Romance", share: 1.3,
      nouns: [
        "Kiss", "Heart", "Waltz", "Honeymoon", "Rose", "Serenade", "Valentine", "Lovers", "Rendezvous", "Ribbon",
      ],
      heroes: ["a shy florist", "two pen friends", "a runaway bride", "a divorced violinist"],
      plots: [
        "falls in love in the week before the wedding of another", "meets the love of her life on the wrong train",
        "writes love letters that reach the wrong heart", "has one summer in Lisbon to win her back",
      ],
      moods: ["tender", "romantic", "passionate"]),
    Genre(
      name: "Sci-Fi", share: 0.9,
      nouns: ["Orbit", "Android", "Signal", "Starship", "Colony", "Nebula", "Machine", "Clone", "Galaxy", "Reactor"],
      heroes: [
        "a starship mechanic", "an android with a conscience", "the crew of an orbital station", "a young astronomer",
      ],
      plots: [
        "answers a signal from a distant galaxy", "discovers that the colony on Mars is run by machines",
        "wakes from cryosleep a hundred years too early", "travels through time to undo a robot uprising",
      ],
      moods: ["futuristic", "cosmic", "visionary"]),
    Genre(
      name: "Thriller", share: 1.3,
      nouns: [
        "Conspiracy", "Deadline", "Hostage", "Double", "Trap", "Surveillance", "Whisper", "Countdown", "Agent",
        "Motive",
      ],
      heroes: ["a framed lawyer", "a double agent", "a translator who heard too much", "a surgeon under threat"],
      plots: [
        "has twelve hours to expose a conspiracy", "is hunted by the agency that trained her",
        "plays a deadly game with an unknown blackmailer", "cannot trust the husband who came back",
      ],
      moods: ["suspenseful", "breathless", "tense"]),
    Genre(
      name: "Western", share: 0.3,
      nouns: [
        "Saddle", "Canyon", "Sheriff", "Outlaw", "Prairie", "Stagecoach", "Ranch", "Rustler", "Frontier", "Revolver",
      ],
      heroes: ["a tired sheriff", "an outlaw with a price on his head", "a rancher's widow", "two cattle drovers"],
      plots: [
        "defends a frontier town against rustlers", "rides into the canyon for a last duel",
        "drives a herd of cattle through outlaw country", "waits for the stagecoach that brings his old enemy",
      ],
      moods: ["dusty", "lonesome", "rugged"]),
  ]
}
