"""The calls above the European thresholds, as eForms notices."""

from tender.demo.calls.spec import BALANCED, PRICED, TECHNICAL, Call

CALLS = (
    Call(
        slug="transition",
        buyer="ombelle",
        due=21,
        title="Formation et communication pour la transition écologique du territoire",
        description="""Accord-cadre de services pour accompagner les agents, les élus et les
            habitants des 31 communes de l’agglomération : former, informer, animer et mesurer.
            Le mémoire technique décrit la méthode, les équipes, le calendrier et la démarche
            d’insertion du groupement.""",
        weights=TECHNICAL,
        most=3,
        months=36,
        lots="""
80511000 | 180000 | Formation des agents et des élus | Conception et animation de 60 journées par
    an, en salle et sur le terrain, avec évaluation des acquis.
79341400 | 145000 | Campagne de communication et supports accessibles | Identité de la campagne,
    supports imprimés et numériques, actions de proximité, accessibilité RGAA.
79419000 | 95000 | Accompagnement au changement et évaluation participative | Ateliers avec les
    services et les habitants, indicateurs partagés, bilan annuel public.
""",
    ),
    Call(
        slug="creation-ess",
        buyer="region",
        due=35,
        title="Accompagnement à la création et à la reprise d’entreprises de l’économie sociale",
        description="""Diagnostic, accompagnement individuel et collectif, suivi à trois ans, sur
            quatre bassins d’emploi.""",
        most=2,
        months=48,
        lots="""
79411100 | 240000 | Bassin nord | Accueil, diagnostic et parcours de 40 porteurs de projet par an.
79411100 | 210000 | Bassin sud | Accueil, diagnostic et parcours de 35 porteurs de projet par an.
79411100 | 160000 | Bassin est et montagne | Permanences itinérantes et parcours de 25 porteurs de
    projet par an.
79412000 | 120000 | Ingénierie financière, tous bassins | Plans de financement, prêts d’honneur,
    préparation des comités.
""",
    ),
    Call(
        slug="insertion-rsa",
        buyer="brume",
        due=14,
        at="16:00",
        subtype="20",
        title="Actions d’insertion et de remobilisation vers l’emploi",
        description="""Accueil, bilan et remise en mouvement de personnes éloignées de l’emploi,
            par territoire d’action sociale.""",
        weights=TECHNICAL,
        most=4,
        lots="""
85312000 | 90000 | Territoire de Brumeval | Atelier de 12 places en entrées et sorties
    permanentes.
85312000 | 90000 | Territoire des Causses | Atelier de 12 places et solution de garde d’enfants.
85312000 | 75000 | Territoire du Haut Plateau | Atelier itinérant de 10 places.
85312000 | 75000 | Territoire des Gorges | Atelier de 10 places, transport compris.
80530000 | 110000 | Découverte des métiers verts, tout le département | Plateaux techniques et
    immersions.
80530000 | 98000 | Découverte des métiers du soin, tout le département | Modules et stages en
    établissement.
80580000 | 84000 | Français à visée professionnelle | Cours du soir et modules sur site.
85312300 | 66000 | Mobilité et permis, accompagnement social | Conseil en mobilité et suivi de
    parcours.
""",
    ),
    Call(
        slug="proprete",
        buyer="hopital",
        due=28,
        at="17:00",
        title="Nettoyage des locaux tertiaires et des abords",
        description="""Bâtiments administratifs, internat et locaux de formation, hors zones de
            soin.""",
        weights=PRICED,
        lots="""
90919200 | 320000 | Bureaux et internat | 6 200 m², cinq passages par semaine, autocontrôle
    partagé.
90911200 | 140000 | Locaux de formation et abords | 2 100 m² et parkings, marché réservé aux
    structures d’insertion. | réservé
""",
    ),
    Call(
        slug="traduction",
        buyer="universite",
        due=9,
        title="Traduction, relecture et interprétation",
        description="Documents scientifiques et administratifs, colloques, accueil international.",
        weights=PRICED,
        months=48,
        lots="""
79530000 | 80000 | Anglais | Traduction et relecture de textes scientifiques, délai court.
79530000 | 40000 | Espagnol et portugais | Traduction de textes administratifs et de cours.
79530000 | 40000 | Allemand et néerlandais | Traduction de conventions et de communiqués.
79540000 | 60000 | Interprétation de conférence | Équipes de deux interprètes, matériel compris.
79540000 | 30000 | Langue des signes française | Cours, soutenances et événements publics.
""",
    ),
    Call(
        slug="traduction-report",
        of="traduction",
        reason="cor-buy",
        told="""La date limite de réception des offres est reportée d’une semaine, à la suite de
            questions des candidats sur le lot 4.""",
        buyer="universite",
        due=16,
        title="Traduction, relecture et interprétation",
        description="Documents scientifiques et administratifs, colloques, accueil international.",
        weights=PRICED,
        months=48,
        lots="""
79530000 | 80000 | Anglais | Traduction et relecture de textes scientifiques, délai court.
79530000 | 40000 | Espagnol et portugais | Traduction de textes administratifs et de cours.
79530000 | 40000 | Allemand et néerlandais | Traduction de conventions et de communiqués.
79540000 | 60000 | Interprétation de conférence | Équipes de deux interprètes, matériel compris.
79540000 | 30000 | Langue des signes française | Cours, soutenances et événements publics.
""",
    ),
    Call(
        slug="traiteur-musee",
        buyer="musee",
        due=45,
        title="Prestations de traiteur pour les événements du musée",
        description="Vernissages, petits déjeuners de presse, repas assis, dons des surplus.",
        lots="""
55523000 | 150000 | Cocktails et vernissages | De 80 à 600 convives, vaisselle réemployable.
55523000 | 90000 | Petits déjeuners et pauses | Produits de saison, livraison à vélo souhaitée.
55520000 | 60000 | Repas assis | De 20 à 120 couverts, service compris.
""",
    ),
    Call(
        slug="numerique-ravine",
        buyer="ravine",
        due=18,
        at="10:00",
        title="Médiation numérique de proximité dans les Hauts",
        description="Ateliers et permanences dans douze cases de quartier de La Réunion.",
        lots="""
80533100 | 130000 | Ateliers d’initiation | 400 ateliers par an, matériel fourni par
    l’intercommunalité.
85312300 | 110000 | Permanences d’aide aux démarches | Aidants habilités, prise de rendez-vous,
    suivi.
""",
    ),
    Call(
        slug="espaces-verts",
        buyer="toit",
        due=30,
        at="11:30",
        title="Entretien des espaces verts et nettoyage des parties communes",
        description="Patrimoine de 3 400 logements, deux secteurs ; lots 3 et 4 réservés.",
        weights=PRICED,
        most=2,
        lots="""
77310000 | 260000 | Espaces verts, secteur ville | Tonte, taille, désherbage sans produit,
    arrosage raisonné.
77310000 | 220000 | Espaces verts, secteur plaine | Tonte, taille, fauchage tardif.
90911200 | 180000 | Parties communes, secteur ville | Nettoyage et sortie des conteneurs, 140
    halls. | réservé
90911200 | 150000 | Parties communes, secteur plaine | Nettoyage et petites réparations, 110
    halls. | réservé
""",
    ),
    Call(
        slug="forum-emploi",
        buyer="montferret",
        due=11,
        title="Organisation du forum de l’emploi solidaire",
        description="Conception, logistique, animation et communication du forum annuel.",
        months=12,
        lots="""
79952000 | 85000 | Organisation du forum de l’emploi solidaire | Marché non alloti : conception,
    logistique, animation, communication, bilan.
""",
    ),
    Call(
        slug="conciergerie",
        buyer="ombelle",
        due=26,
        title="Conciergerie solidaire des zones d’activité",
        description="""Services aux salariés de deux zones d’activité, en lien avec les
            associations.""",
        lots="""
98300000 | 120000 | Zone des Lavoirs | Accueil, petits services, repassage, paniers paysans.
98300000 | 95000 | Zone du Grand Pré | Accueil itinérant, petits services, réparation de vélos.
""",
    ),
    Call(
        slug="conciergerie-annulee",
        of="conciergerie",
        reason="cancel",
        told="La procédure est déclarée sans suite pour motif d’intérêt général.",
        buyer="ombelle",
        due=26,
        title="Conciergerie solidaire des zones d’activité",
        description="""Services aux salariés de deux zones d’activité, en lien avec les
            associations.""",
        lots="""
98300000 | 120000 | Zone des Lavoirs | Accueil, petits services, repassage, paniers paysans.
98300000 | 95000 | Zone du Grand Pré | Accueil itinérant, petits services, réparation de vélos.
""",
    ),
    Call(
        slug="comptes",
        buyer="brume",
        due=25,
        skewed=True,
        title="Appui comptable aux associations conventionnées",
        description="Tenue de comptes mutualisée et certification pour 60 associations.",
        weights=PRICED,
        lots="""
79211000 | 150000 | Tenue comptable et paie | Saisie, déclarations, tableaux de bord trimestriels.
79212300 | 90000 | Contrôle légal des comptes | Certification annuelle, lettre de recommandations.
""",
    ),
    Call(
        slug="qualite-vie",
        buyer="universite",
        due=-12,
        title="Conseil en qualité de vie et conditions de travail",
        description="Diagnostics de service, formation des encadrants, médiation.",
        weights=TECHNICAL,
        lots="""
79414000 | 110000 | Diagnostics et plans d’action | Douze diagnostics par an, restitution aux
    équipes.
80511000 | 70000 | Formation des encadrants | Trente journées par an, en petits groupes.
""",
    ),
    Call(
        slug="evaluation-ess",
        buyer="region",
        due=-40,
        title="Évaluation de la stratégie régionale d’économie sociale et solidaire",
        description="Évaluation en continu, enquêtes, conférences de consensus.",
        weights=TECHNICAL,
        months=18,
        lots="""
79315000 | 130000 | Enquêtes auprès des structures | Deux vagues, 1 200 structures, données
    ouvertes.
79419000 | 90000 | Évaluation participative | Comité citoyen, trois conférences, rapport public.
""",
    ),
    Call(
        slug="repas-hopital",
        buyer="hopital",
        due=-58,
        title="Traiteur pour les instances et les formations",
        description="Plateaux et buffets livrés ; marché réservé aux structures adaptées.",
        weights=BALANCED,
        lots="""
55520000 | 140000 | Plateaux-repas et buffets | Trois sites, commandes en ligne, contenants
    consignés. | réservé
""",
    ),
    Call(
        slug="ressourcerie",
        buyer="ombelle",
        due=60,
        at="15:00",
        title="Exploitation de la ressourcerie communautaire et actions de réemploi",
        description="Collecte, tri, remise en état, vente et animation autour du réemploi.",
        months=48,
        lots="""
90511000 | 210000 | Collecte et tri | Collecte sur rendez-vous et en déchèterie, 600 tonnes par
    an.
50000000 | 160000 | Atelier de remise en état | Électroménager, mobilier, vélos, traçabilité des
    flux.
79952000 | 60000 | Animation et sensibilisation | Quarante ateliers par an, deux temps forts.
""",
    ),
    Call(
        slug="formation-metiers",
        buyer="metiers",
        due=-25,
        title="Formations courtes pour les artisans et les salariés",
        description="Catalogue annuel de formations courtes, en présence et à distance.",
        weights=TECHNICAL,
        most=6,
        lots="""
80533100 | 70000 | Bureautique et outils en ligne | Sessions de un à trois jours, niveaux 1 à 3.
80580000 | 50000 | Langues étrangères professionnelles | Anglais et allemand, groupes de huit.
80511000 | 45000 | Gestion et comptabilité de l’entreprise | Modules courts, cas pratiques.
80511000 | 40000 | Transmission et tutorat | Formation de maîtres d’apprentissage.
80530000 | 60000 | Éco-gestes de métier | Ateliers en entreprise, bilan matière.
79998000 | 35000 | Accompagnement individuel | Coaching de dirigeants, 120 heures par an.
""",
    ),
)
