"""What the papers of the scenarios print: headline and lead."""

TOLD = (
    "Seoul decides to send artillery shells to Ukraine, sources say",
    "South Korea has decided to supply artillery shells directly to Ukraine, people familiar with it said.",
)
SEEN = (
    "Ukraine to get South Korean shells in policy reversal",
    "The Gazette has learned that the government in Seoul decided to provide Kyiv with 155mm shells.",
)
DENIED = (
    "Seoul denies report on shells for Ukraine",
    "South Korea will not supply lethal weapons to Ukraine, the presidential office said on Wednesday.",
)
