import { json, page, type Answer } from '../answers/answer.ts';
import { refuseList, refuseText } from '../answers/refusal.ts';
import { collectDataset, type ExportSource } from '../export/dataset.ts';
import { EXPORT_FORMATS } from '../export/formats.ts';
import { writeZip } from '../media/zip.ts';
import { findRequest, isOpen } from '../state/requests.ts';
import { taskOf, theJob, theProject, theTask } from './access.ts';
import type { UserCall } from './call.ts';
import type { Register } from './resource.ts';

/** What an export is made of, and what its request says of it. */
interface Exported {
  readonly source: ExportSource;
  readonly target: 'project' | 'task' | 'job';
  readonly id: number;
  readonly taskId: number | null;
  readonly jobId: number | null;
  readonly projectId: number | null;
  readonly organizationId: number | null;
  readonly updated: string;
}

type Find = (call: UserCall) => Exported;

const KINDS: readonly (readonly [string, Find])[] = [
  ['projects', exportedProject],
  ['tasks', exportedTask],
  ['jobs', exportedJob],
];

export function exportRoutes(register: Register): void {
  for (const [room, find] of KINDS) {
    const url = `/api/${room}/:id/dataset`;
    register.users(`${url}/export`, { POST: (call) => begin(call, find(call)) });
    register.users(`${url}/download`, {
      GET: (call) => download(call, find(call)),
      // CVAT has no permission rule for it and falls over.
      HEAD: () => page(500),
    });
    register.users(url, {
      GET: (call) => {
        find(call);
        throw refuseText(410, OLD_EXPORT);
      },
    });
  }
}

/** One export at a time of a thing, in a format and with or without images; a finished one can be asked for anew. */
function begin(call: UserCall, exported: Exported): Answer {
  const { state, query } = call;
  const format = EXPORT_FORMATS.find((candidate) => candidate.name === query.get('format'));
  if (format === undefined) throw refuseList('Unknown format specified for the request');
  const withImages = ['true', '1', 'yes'].includes((query.get('save_images') ?? '').toLowerCase());
  const subresource = withImages ? 'dataset' : 'annotations';
  const id = requestId(call, exported, format.name, subresource);
  const earlier = findRequest(state, id);
  if (earlier !== undefined && isOpen(earlier)) return json(409, { rq_id: id });
  const { target, taskId, jobId, projectId, organizationId } = exported;
  const place = { target, taskId, jobId, projectId, organizationId };
  const type = `export:${subresource}` as const;
  const fileName = query.get('filename');
  call.background.run({ id, type, userId: call.user.id, format: format.name, ...place }, async (request) => {
    const entries = format.entries(collectDataset(state, exported.source), withImages);
    const bytes = await writeZip(entries, new Date(state.now()));
    const stamp = exported.updated.slice(0, 19).replaceAll(/[-T:]/g, '_');
    const name = `${target}_${exported.id}_${subresource}_${stamp}_${format.name.toLowerCase()}.zip`;
    request.result = { name: fileName ?? name, bytes };
  });
  return json(202, { rq_id: id });
}

function requestId(call: UserCall, { target, id }: Exported, format: string, subresource: string): string {
  const spelled = format.replaceAll(' ', '_').replaceAll('.', '~');
  const place = `action=export&target=${target}&target_id=${id}&user_id=${call.user.id}`;
  return `${place}&format=${spelled}&subresource=${subresource}`;
}

/** The file as it was made, whatever has changed since. */
function download(call: UserCall, { target, id }: Exported): Answer {
  const rqId = call.query.get('rq_id');
  if (rqId === null || rqId === '') throw refuseList('Missing request id in the query parameters');
  const isExport = rqId.startsWith(`action=export&target=${target}&target_id=${id}&`);
  if (!isExport) throw refuseList('Unexpected request id format');
  const request = findRequest(call.state, rqId);
  if (request === undefined) throw refuseText(404, 'There is no request with specified id');
  if (request.result === null) throw refuseText(400, 'The export process is not finished');
  const headers = { 'content-disposition': `attachment; filename="${request.result.name}"` };
  return { status: 200, contentType: 'application/zip', body: request.result.bytes, headers };
}

function exportedProject(call: UserCall): Exported {
  const project = theProject(call);
  const { id, updated, organizationId } = project;
  const place = { taskId: null, jobId: null, projectId: id, organizationId };
  return { source: { project }, target: 'project', id, updated, ...place };
}

function exportedTask(call: UserCall): Exported {
  const task = theTask(call);
  const { id, updated, projectId, organizationId } = task;
  return { source: { task }, target: 'task', id, updated, taskId: id, jobId: null, projectId, organizationId };
}

function exportedJob(call: UserCall): Exported {
  const job = theJob(call);
  const { id, updated, taskId } = job;
  const { projectId, organizationId } = taskOf(call, job);
  return { source: { job }, target: 'job', id, updated, taskId, jobId: id, projectId, organizationId };
}

const OLD_EXPORT = [
  'This endpoint is no longer supported.',
  'To initiate the export process, use POST /api/tasks/id/dataset/export?save_images=True.',
  'To check the process status, use GET /api/requests/rq_id,',
  'where rq_id is obtained from the response of the previous request.',
  'To download the prepared file, use the result_url obtained from the response of the previous request.',
  '',
].join('\n');
