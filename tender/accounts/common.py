"""Words that weak passwords are built on: what people, and so guessers, try first."""

COMMON_WORDS = frozenset(
    """
    azerty azertyuiop qwerty qwertyuiop qwertz qsdfghjklm asdfghjkl wxcvbn zxcvbnm azeqsdwxc
    abcdef abcdefgh abcdefghijkl motdepasse passe password passwort passw word secret secrets
    admin administrateur administrator root utilisateur user login connexion bienvenue welcome
    bonjour bonsoir coucou salut hello soleil sunshine jetaime iloveyou amour love loulou doudou
    chouchou princesse princess dragon monkey football marseille paris france lille lyon bordeaux
    toulouse nantes chocolat chocolate nicolas julien thomas camille michel superman batman pokemon
    starwars internet ordinateur computer letmein changeme changezmoi master shadow trustno test
    testtest demo temp temporaire provisoire entreprise societe bureau travail service compte
    printemps automne hiver janvier fevrier mars avril juin juillet aout septembre octobre novembre
    decembre lundi mardi mercredi jeudi vendredi samedi dimanche spring summer autumn winter january
    february march april june july august september october november december monday friday grappe
    tender marche marches publics appel offre offres
    """.split()  # noqa: SIM905 - a list of words reads best as words
)
