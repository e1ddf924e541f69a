import type { LabelTableRef } from '../../src/contracts/label-table.ts';
import type { PredictionsRef } from '../../src/contracts/prediction.ts';
import type { ArtifactRef } from '../../src/contracts/refs.ts';

export const ARTIFACT: ArtifactRef = { uri: 'store:sha256/aa/aa', sha256: 'aa', bytes: 1 };

export const LABEL_TABLE: LabelTableRef = {
  table: ARTIFACT,
  rows: [{ value: 1, name: 'instrument', labelId: 5, modelIndex: 1, frames: 3, pixels: 120 }],
  classes: 1,
  withoutCategory: [],
  added: [],
};

export const PREDICTIONS: PredictionsRef = {
  manifest: ARTIFACT,
  frames: 3,
  model: 'segmentation',
  checksum: 'SHA256:bb',
  file: ARTIFACT,
};
