"""The photo model's page under docs/models: its figures beside what is to be reached, with its failures."""
import numpy as np

from kit.report import confusion, fill_page, markdown_table, plot_confusion, plot_reliability, reliability, sigmoid, softmax, target_row
from photo_data import DAMAGES, PARTS, SEVERITIES, SOME, SUBJECTS, UNKNOWN

LEAST_PHOTOS = 4  # of a source, for a share of them to say something


def targets(figures):
    """Rows of the table of targets."""
    subject, vehicle, damage = figures["subject"], figures["vehicle"], figures["damage"]
    worst = lambda table, key: max(each[key] for each in table.values())
    sources = {name: each for name, each in vehicle["undamaged"].items() if name != "all"}
    cracks = {name: each for name, each in damage["cracksFoundAsDamage"].items() if name != "all" and each["photos"] >= LEAST_PHOTOS}
    return [
        target_row("six rooms in colour, right (withheld counts as wrong)", subject["roomsColour"]["given"], .94),
        target_row("six rooms made grey, right", subject["roomsGrey"]["given"], .93),
        target_row("all eleven subjects, mean of the classes", subject["all"]["balanced"], .90),
        target_row("vehicle severity, accuracy of the answered", vehicle["graded"]["accuracyOfAnswered"], .70),
        target_row("vehicle severity, withheld", vehicle["graded"]["withheld"], .15, most=True),
        target_row("undamaged cars called damaged, worst source", worst(sources, "calledDamaged"), .15, most=True),
        target_row("undamaged cars called undamaged", vehicle["undamaged"]["all"]["calledUndamaged"], .50),
        target_row("vehicle parts, mean average precision", vehicle["partsMeanAveragePrecision"], .66),
        target_row(f"photos of cracks with a finding, worst source with {LEAST_PHOTOS} photos or more", min(each["found"] for each in cracks.values()), .75),
        target_row("listing photos with a finding", damage["listingPhotosWithFinding"]["found"], .008, most=True),
        target_row("sound walls with a finding", damage["soundWallsWithFinding"]["all"]["found"], .03, most=True),
        target_row("damaged buildings with a finding", damage["damagedBuildingsFound"]["all"]["found"], .60),
        target_row("sound buildings, roofs and rooms with a finding", damage["soundBuildingsWithFinding"]["all"]["found"], .08, most=True)]


def share_table(name, table):
    """Photos and share found, by row of a table of figures."""
    return markdown_table([name, "photos", "with a finding"], [[key, each["photos"], each["found"]] for key, each in table.items()])


def tables(figures, exchanged, limits):
    """Everything between the page's markers; `exchanged`: figures of the half that chooses, with limits that the other half chose."""
    subject, vehicle, damage, unseen = (figures[name] for name in ("subject", "vehicle", "damage", "unseenSources"))
    over = lambda found: [found["photos"], found["right"]]
    damages = [[kind, each["photos"], each["found"], each["auc"], limits["damage"][kind]["threshold"], unseen["damage"]["kinds"].get(kind, {}).get("found"),
                "experimental" if limits["damage"][kind]["experimental"] else ""] for kind, each in damage["kinds"].items()]
    return "\n".join([
        "### To reach\n", markdown_table(["target", "to reach", "reporting half", "", "halves exchanged", ""], [row + other[2:] for row, other in zip(targets(figures), targets(exchanged))]),
        "### Subjects\n", markdown_table(["subject", "photos", "right"], [[name, each["photos"], each["right"]] for name, each in subject["classes"].items()]),
        markdown_table(["picture of nothing", "pictures", "refused"], [[name, each["pictures"], each["refused"]] for name, each in figures["strangers"].items()]),
        "### Damage of buildings\n",
        markdown_table(["kind", "photos", "found", "AUC against sound buildings", "limit", "found, source unknown to the network", ""], damages),
        share_table("damaged buildings", damage["damagedBuildingsFound"]), share_table("photos of cracks, any finding", damage["cracksFoundAsDamage"]),
        share_table("sound walls", damage["soundWallsWithFinding"]), share_table("listing photos", {"all": damage["listingPhotosWithFinding"], **damage["listingPhotosByClass"]}),
        share_table("sound buildings", damage["soundBuildingsWithFinding"]),
        "### Vehicles\n",
        markdown_table(["severity", "right"], list(vehicle["graded"]["recall"].items())),
        markdown_table(["undamaged cars", "photos", "called damaged", "called undamaged", "withheld"],
                       [[name, each["photos"], each["calledDamaged"], each["calledUndamaged"], each["withheld"]] for name, each in vehicle["undamaged"].items()]
                       + [[f"{name} pieces of cars", each["photos"], each["calledDamaged"], each["calledUndamaged"], each["withheld"]] for name, each in vehicle["pieces"].items()]),
        markdown_table(["part", "average precision", "share of photos (= precision of guessing)", "limit", ""],
                       [[name, each["averagePrecision"], each["share"], limits["part"][name]["threshold"], "experimental" if limits["part"][name]["experimental"] else ""] for name, each in vehicle["parts"].items()]),
        "### Answers over 95 %\n",
        markdown_table(["answer", "photos of val", "right", "photos of unknown sources", "right"],
                       [["subject", *over(subject["over95"]), *over(unseen["subject"]["over95"])], ["severity", *over(vehicle["over95"]), *over(unseen["vehicle"]["over95"])]]
                       + [[kind, *over(each["over95"]), *over(unseen["damage"]["kinds"][kind]["over95"])] for kind, each in damage["kinds"].items()]),
        "![subjects](photo/subjects.png) ![severity](photo/severity.png) ![reliability of subjects](photo/subject-reliability.png) ![reliability of cracks](photo/crack-reliability.png)\n"])


def write_page(docs, figures, exchanged, judged, limits):
    """Plots, and the figures between the page's markers."""
    photos, folder = judged.photos, docs / "photo"
    named = (photos.subject != UNKNOWN) & (judged.pack != "pieces")
    p = softmax(judged.scores["subject"][named], limits["subject"]["temperature"])
    plot_confusion(folder / "subjects.png", confusion(photos.subject[named], p.argmax(1), len(SUBJECTS)), SUBJECTS, "subjects, val")
    plot_reliability(folder / "subject-reliability.png", *reliability(p.max(1), p.argmax(1) == photos.subject[named]), "subject, val")
    graded = (photos.severity != UNKNOWN) & (photos.severity != SOME) & (judged.pack != "pieces")
    p = softmax(judged.scores["severity"][graded], limits["severity"]["temperature"])
    plot_confusion(folder / "severity.png", confusion(photos.severity[graded], p.argmax(1), len(SEVERITIES)), SEVERITIES, "severity, val")
    crack = limits["damage"]["crack"]
    known = judged.building & (photos.weight[:, 0] == 1)
    p = sigmoid(crack["scale"] * judged.scores["damage"][known, DAMAGES.index("crack")] + crack["bias"])
    plot_reliability(folder / "crack-reliability.png", *reliability(np.maximum(p, 1 - p), (p >= .5) == (photos.damage[known, 0] > 0)), "crack, val")
    fill_page(docs / "photo.md", tables(figures, exchanged, limits))
