import { json } from '../answers/answer.ts';
import { neverCached } from '../answers/never-cached.ts';
import { EXPORT_FORMATS, type ExportFormat } from '../export/formats.ts';
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
  register.users('/api/server/annotation/formats', {
    GET: () => json(200, { importers: [COCO_FORMAT], exporters: EXPORT_FORMATS.map(exporterView) }),
  });
}

function exporterView({ name, version }: ExportFormat): object {
  return { name, ext: 'ZIP', version, enabled: true, dimension: '2d' };
}
