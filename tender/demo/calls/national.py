"""The calls that the French bulletin alone publishes, or hands out in its own records."""

from tender.demo.calls.spec import BALANCED, PRICED, TECHNICAL, Call

CALLS = (
    Call(
        slug="reemploi",
        form="FNSimple",
        buyer="montferret",
        due=20,
        title="Animation d’une plateforme de réemploi des matériaux",
        description="Inventaire, mise en relation des chantiers, animation du réseau d’artisans.",
        months=18,
        lots="""
90500000 | 60000 | Inventaire et plateforme | Diagnostics de gisement et tenue de la plateforme.
79952000 | 30000 | Animation du réseau | Visites, rencontres, lettre mensuelle.
""",
    ),
    Call(
        slug="gouters",
        form="FNSimple",
        buyer="pontamarin",
        due=7,
        at="11:00",
        title="Repas et goûters des accueils de loisirs",
        description="Préparation et livraison, produits locaux, lutte contre le gaspillage.",
        months=12,
        lots="""
55524000 | 70000 | Repas froids | 220 repas par jour d’ouverture.
55524000 | 30000 | Goûters | 260 goûters, pain et fruits de saison.
55523000 | 15000 | Réceptions | Cérémonies et vœux, contenants réemployables.
""",
    ),
    Call(
        slug="charte",
        form="FNSimple",
        buyer="argeline",
        due=33,
        title="Communication autour de la nouvelle charte du parc",
        description="Création graphique, exposition itinérante et rencontres publiques.",
        weights=TECHNICAL,
        months=18,
        lots="""
79822500 | 48000 | Création graphique et exposition | Charte visuelle, douze panneaux, livret.
79416200 | 36000 | Rencontres publiques | Quinze soirées, relations avec la presse locale.
""",
    ),
    Call(
        slug="menage-yvrel",
        form="MAPA",
        buyer="yvrel",
        due=15,
        title="Nettoyage des bureaux et des salles d’exposition du syndicat",
        description="Trois passages par semaine, vitrerie deux fois l’an, produits écolabellisés.",
        weights=PRICED,
        months=12,
        lots="",
    ),
    Call(
        slug="menage-yvrel-report",
        of="menage-yvrel",
        form="MAPA",
        buyer="yvrel",
        due=15,
        title="Nettoyage des bureaux et des salles d’exposition du syndicat",
        description="",
        told="Une visite des lieux est ajoutée ; la date limite est reportée de six jours.",
        lots="",
    ),
    Call(
        slug="budget-participatif",
        form="MAPA",
        buyer="rus",
        due=24,
        at="18:00",
        title="Accompagnement du budget participatif intercommunal",
        description="Méthode, ateliers dans neuf communes, plateforme de vote, bilan.",
        weights=TECHNICAL,
        months=18,
        lots="",
    ),
    Call(
        slug="coursiers",
        form="legacy",
        buyer="metiers",
        due=40,
        title="Courses urbaines et distribution de plis à vélo",
        description="Courses entre sites et distribution de documents, flotte sans émission.",
        weights=PRICED,
        lots="""
64120000 | 42000 | Courses entre sites | Lot 1 : tournées quotidiennes entre cinq sites.
64122000 | 28000 | Courrier interne | Lot 2 : relève, tri et remise du courrier.
64121100 | 20000 | Distribution de brochures | Lot 3 : douze diffusions par an.
""",
    ),
    Call(
        slug="expertise-comptable",
        form="legacy",
        buyer="argeline",
        due=-8,
        title="Expertise comptable et conseil de gestion",
        description="Tenue des comptes de la régie et appui aux associations du parc.",
        weights=PRICED,
        lots="",
    ),
    Call(
        slug="velos",
        form="EFORMS",
        buyer="region",
        due=50,
        title="Location, entretien et animation autour du vélo",
        description="Service de location longue durée, ateliers mobiles, éducation à la route.",
        weights=BALANCED,
        months=36,
        lots="""
34430000 | 190000 | Location longue durée | 300 vélos à assistance électrique, 40 vélos cargo.
50000000 | 130000 | Ateliers mobiles | Entretien en gare et en entreprise, pièces réemployées.
80511000 | 60000 | Éducation à la route | Interventions en collège et en entreprise.
""",
    ),
    Call(
        slug="mediation",
        form="EFORMS",
        buyer="toit",
        due=-3,
        title="Médiation sociale et présence de proximité",
        description="Présence en soirée, médiation de voisinage, accompagnement des locataires.",
        weights=TECHNICAL,
        subtype="20",
        most=2,
        lots="""
85312300 | 120000 | Présence en soirée, ville | Binômes de 17 h à 22 h, cinq soirs par semaine.
85312300 | 95000 | Présence en soirée, plaine | Binômes de 17 h à 21 h, trois soirs par semaine.
85312000 | 60000 | Accompagnement des impayés | Visites, plans d’apurement, lien avec les services
    sociaux.
79952000 | 40000 | Fêtes et projets de quartier | Six projets par an avec les habitants.
""",
    ),
    Call(
        slug="ateliers-cuisine",
        form="FNSimple",
        buyer="pontamarin",
        due=-33,
        title="Ateliers de cuisine et d’alimentation à petit budget",
        description="Ateliers collectifs pour les familles accompagnées et les aînés.",
        months=12,
        lots="""
80500000 | 24000 | Familles | Soixante ateliers par an, garde d’enfants prévue.
80500000 | 18000 | Aînés | Quarante ateliers par an, en résidence.
""",
    ),
    Call(
        slug="creche",
        form="DSP",
        buyer="rus",
        due=55,
        at="18:00",
        title="Délégation de service public pour la crèche des Trois Rus",
        description="Gestion et exploitation d’un multi-accueil de 30 places, projet d’insertion.",
        months=60,
        lots="""
85312110 | 2400000 | Crèche des Trois Rus | Accueil régulier, occasionnel et d’urgence ; projet
    social.
""",
    ),
)
