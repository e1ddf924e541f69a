/** What stands beside a dataset: what is in it, and how to open it. */
export function datasetReadme(project: string): string {
  return `# Sealed labels of ${project.replaceAll(/[\r\n]+/g, ' ')}

- \`images/{part}/{task}/\`: the frames, as they were annotated.
- \`masks/{part}/{task}/\`: their labels, one PNG each, under the same name. A pixel's value is its class, 0 is background.
- \`labels.json\`: the same labels as one COCO document with run-length encoding; \`file_name\` is relative to \`images/\`.
- \`label-table.json\`: the classes, by the value of their pixels.
- \`dataset.json\`: the receipts that the labels come from, and frames whose image was not at hand.
- \`SHA256SUMS\`: check all of it with \`sha256sum -c SHA256SUMS\`.

Parts are as they were recorded: \`training\` was trained on, \`held-out\` never was, \`sealed\` was in no training yet. Keep models from
\`held-out\` if they are to be compared with those of maskloop.

## FiftyOne

\`pip install fiftyone\`, then, in this folder:

\`\`\`python
import json
from pathlib import Path

import fiftyone as fo

here = Path.cwd()
dataset = fo.Dataset.from_dir(
    dataset_type=fo.types.COCODetectionDataset,
    data_path=str(here / "images"),
    labels_path=str(here / "labels.json"),
    label_types="segmentations",
    label_field="labels",
)

# The masks as they are, and the part of each frame as its tag.
rows = json.loads((here / "label-table.json").read_text())
dataset.default_mask_targets = {row["value"]: row["name"] for row in rows}
for sample in dataset.iter_samples(autosave=True):
    path = Path(sample.filepath).relative_to(here / "images")
    sample["mask"] = fo.Segmentation(mask_path=str(here / "masks" / path.with_suffix(".png")))
    sample.tags.append(path.parts[0])

fo.launch_app(dataset).wait()
\`\`\`

Every image of the document has to be in \`images/\`; \`dataset.json\` lists under \`missing\` those that are not.
`;
}
