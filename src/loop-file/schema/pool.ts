import { z } from 'zod';
import { text, yesNo } from './fields.ts';

/** Stands for the images of MONAI Label's datastore; a folder of this name is `./datastore`. */
export const DATASTORE = 'datastore';

/** Section `pool`: all frames that the loop may choose from. */
export const poolSchema = z
  .strictObject({
    images: text(
      'where the frames are: a folder, store:… as put printed it, or datastore for the images of MONAI Label that nobody has labelled',
    ),
    grows: yesNo('whether the folder is read again for each iteration; false: only what it holds at the start').default(
      true,
    ),
  })
  .describe('all frames that the loop may choose from');
