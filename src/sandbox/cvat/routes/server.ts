import { json, type Answer } from '../answers/answer.ts';
import { neverCached } from '../answers/never-cached.ts';
import { EXPORT_FORMATS, type ExportFormat } from '../export/formats.ts';
import type { UserCall } from './call.ts';
import type { Register } from './resource.ts';

const COCO_FORMAT = { name: 'COCO 1.0', ext: 'ZIP, JSON', version: '1.0', enabled: true, dimension: '2d' };

const HEALTH = [
  'Cache backend: default',
  'Cache backend: media',
  'DatabaseBackend',
  'DatabaseBackend[default]',
  'DiskUsage',
  'MemoryUsage',
  'OPAHealthCheck',
];

export function serverRoutes(register: Register): void {
  register.open('/api/server/about', {
    GET: ({ origin, state }) =>
      json(200, {
        name: 'Computer Vision Annotation Tool',
        description: 'A stand-in that answers as CVAT does, for trying maskloop out.',
        version: state.version,
        logo_url: `${origin}/static/logo.svg`,
        subtitle: 'Open Data Annotation Platform',
      }),
  });
  register.unguarded('/api/server/health/', {
    GET: () =>
      neverCached({
        ...json(200, Object.fromEntries(HEALTH.map((part) => [part, 'working']))),
        contentType: 'application/json',
      }),
  });
  register.users('/api/server/share', { GET: shareLevel });
  register.users('/api/server/annotation/formats', {
    GET: () => json(200, { importers: [COCO_FORMAT], exporters: EXPORT_FORMATS.map(exporterView) }),
  });
}

/** A level of the shared folder: folders first, then files. Played after CVAT's published API. */
function shareLevel({ state, query }: UserCall): Answer {
  const directory = (query.get('directory') ?? '/').replace(/^\//, '');
  const prefix = directory === '' || directory.endsWith('/') ? directory : `${directory}/`;
  const inside = [...state.share.keys()].filter((path) => path.startsWith(prefix));
  if (inside.length === 0 && prefix !== '') return json(400, `${directory} is an invalid directory`);
  const rest = inside.map((path) => path.slice(prefix.length));
  const folders = new Set(rest.filter((path) => path.includes('/')).map((path) => path.split('/', 1)[0] ?? ''));
  const files = rest.filter((path) => !path.includes('/'));
  return json(200, [
    ...[...folders].toSorted().map((name) => ({ name, type: 'DIR', mime_type: 'DIR' })),
    ...files.toSorted().map((name) => ({ name, type: 'REG', mime_type: 'image' })),
  ]);
}

function exporterView({ name, version }: ExportFormat): object {
  return { name, ext: 'ZIP', version, enabled: true, dimension: '2d' };
}
