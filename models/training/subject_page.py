"""The page docs/models/subject.md, written from the card's own figures."""
from pathlib import Path

from kit.report import markdown_table, target_row
from subject_settings import BATCH, STAGES

KEPT_SHARE = 0.98  # of val must pass the distance limit

TARGETS = (("rooms, balanced, colour", "roomsBalancedColour", 0.92), ("rooms, balanced, made grey", "roomsBalancedGrey", 0.90),
           ("vehicle against rooms", "vehicleAgainstRooms", 0.97), ("surface against rooms", "surfaceAgainstRooms", 0.97))

INTRO = """# subject: what a photo shows

Says whether a photo shows a kitchen, bathroom, bedroom, living room, the outside of a house, a roof, a close-up surface, a vehicle, a product, a
document, or something else. The pipeline uses it to pick the questions that follow. It says nothing of condition, and it is not for counting
rooms or for describing what stands in them.

How it works: a residual network of plain 3 x 3 convolutions sees the photo stretched to {px} x {px} px, and its mirror image; the logits are
averaged inside the model file. A second output is the distance of the features to the nearest class seen in training.
"""

ABSTAIN = """
## When it does not answer

Below a confidence of {floor} (after temperature {temperature}, fitted on val) or beyond a distance of {limit} the answer is "undetermined". The distance
limit lets {kept} of val pass. Of val's room photos it answers {answered:.3f}, and {accuracy:.3f} of those answers are right. How many
pictures of other things are refused:

"""

LIMITS = """
Pictures of nothing are made at random by `renders/strangers.py`: in training with every class equally likely as the answer, here with other random
numbers. The generated pictures are those of val; most show people, animals, food and landscapes, which count as *other*.

## Known failures

- **living_room and other come from one grey source of 200 px.** The network is trained with random grey and with colours lent from other photos, so
  that colour does not give the class away, but colour photos of living rooms were never seen.
- **exterior** was learnt from detached houses of the south-west of the USA and from grey suburbs. Terraces, flats and shop fronts are filed
  under *other* in the data (town and street scenes), so a town house may be called either.
- **Living rooms** are the weakest room: open-plan ones are called *kitchen*, those with a day bed *bedroom*.
- **Plain painted walls** in one strong colour (SaltSpot), blue above all, are called *vehicle*, red ones *other*.
- **Vehicles in a scene**, a street, a wood or the place of a crash around them, are called *other*, which is what *vehicle against rooms* misses; close-ups of a lamp or a broken
  window less often. The other way round, generated portraits, dogs and machines are called *vehicle*.
- **Real products in a room** (the source off a screen) are mostly called *other*: the rendered packshots did not carry over.
- **roof, product and document are experimental.** Roofs are some fifty stock photos, most of them damaged. Products are some ninety photos of
  household objects by one author, half of them taken off a screen, and rendered packshots. Documents are rendered only: no real paper was seen.
- **surface** is walls of concrete, brick and plaster; floors and ceilings are rare.
- *other* is small: offices, shops and streets in grey, some seventy stock photos, and generated pictures of animals, people, food and landscapes. Many
  things in the world look like none of it.

## What was tried

Random grey, colours lent from other photos, mixup and CutMix, growing photo size, averaged weights, severity and parts as side tasks, orthogonal steps for the
kernels (which learnt about twice as much a step as plain SGD), the mirror image at run time, and rendered and generated pictures for the thin classes. The shipped
weights had {steps} steps of {batch} photos in {stages} stages; room types rose with every stage.

## What would mend the missed or thin parts

Colour living rooms and open-plan rooms from more than one source; streets and yards with and without vehicles in them, and more pictures of people and animals, for the missed *vehicle against rooms*; roofs without damage; real documents and packshots; exteriors from other
countries; about 300 photos each.

## Retrain

```
python3 models/training/train_subject.py --data ../shared/data --out models/subject
```

Seeded, one core. The averaged weights of each stage stay in the cache folder; delete them to start afresh.
"""


def write_page(path, card):
    """Writes the page from `card`."""
    metrics, subject, distance = card["metrics"], *card["outputs"]
    val = metrics["val"]
    parts = [INTRO.format(px=card["input"]["size"]["widthPx"]), "\n## Figures on val\n\n",
             markdown_table(["target", "to reach", "val", ""], [target_row(name, val[key], target) for name, key, target in TARGETS]),
             "\nVal chose the temperature, the limits and constants added to the logits of *other* and *vehicle* so that the worst of these four is as good as can be: expect a little less on new photos. All eleven answers were allowed.\n\n",
             markdown_table(["class", "recall, colour", "recall, grey"], [[k, v, metrics["recallGrey"][k]] for k, v in metrics["recallColour"].items()]),
             "\n![confusion](subject/confusion.png) ![confusion, grey](subject/confusion-grey.png)\n",
             "\n![precision and recall](subject/precision-recall.png) ![reliability](subject/reliability.png)\n\n## Per source\n\n",
             markdown_table(["class/source", "photos", "right, colour", "right, grey", "answered"],
                            [[k, v["photos"], v["colour"], v["grey"], v["answered"]] for k, v in metrics["perSource"].items()]),
             ABSTAIN.format(floor=subject["minConfidenceRatio"], temperature=subject["temperature"], limit=distance["maximum"], kept=f"{KEPT_SHARE:.0%}",
                            answered=val["answeredShareRooms"], accuracy=val["answeredAccuracyRooms"]),
             markdown_table(["pictures", "number", "too far", "unsure", "refused", "called other"],
                            [[k, v["photos"], v["far"], v["unsure"], v["refused"], v["calledOther"]] for k, v in metrics["strangers"].items()]),
             LIMITS.format(steps=sum(steps for steps, *_ in STAGES), batch=BATCH, stages=len(STAGES)), "\n## Data\n\n",
             markdown_table(["source", "origin", "licence", "photos"], [[d["name"], d["origin"], d["licence"], d["images"]] for d in card["data"]]),
             "\nWhere a licence is missing, for research only, or rests on photos collected from the web, it is **unclear: replace before commercial use**.\n"]
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text("".join(parts))
