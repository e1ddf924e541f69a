import type { IterationActivities } from '../contracts/activities.ts';
import { MaskloopError } from '../contracts/error.ts';
import { parseCategories } from '../coco/categories.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { durable } from './durable.ts';

const MAX_ROWS = 50;

/**
 * The labels of a CVAT project as categories, numbered from 1 in the order in which they were made. CVAT's COCO exports
 * number them so; masks that come from elsewhere need not, which is why people are shown the numbers.
 */
export function createReadProjectCategories({
  connect,
  store,
}: ActivityDependencies): IterationActivities['readProjectCategories'] {
  return durable(async ({ connection, project: name }, { signal }) => {
    const { cvat } = connect(connection);
    const project = await cvat.findProject(name, signal);
    if (project === null) {
      throw new MaskloopError('ProjectNotFound', `CVAT has no project named "${name}".`, { facts: { project: name } });
    }
    const labels = await cvat.projectLabels(project.id, signal);
    const text = JSON.stringify(labels.map((label, index) => ({ id: index + 1, name: label.name })));
    const categories = parseCategories(text, `the labels of project "${name}"`);
    return {
      categories: await store.put(Buffer.from(text)),
      rows: categories.slice(0, MAX_ROWS).map(({ id, name: label }) => ({ value: id, name: label })),
      classes: categories.length,
    };
  });
}
