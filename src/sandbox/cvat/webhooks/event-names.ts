import type { WebhookType } from '../state/webhook-entities.ts';
import type { CvatVersion } from '../state/version.ts';

const SUBJECTS: Readonly<Record<string, readonly string[]>> = {
  project: ['create', 'update', 'delete'],
  task: ['create', 'update', 'delete'],
  job: ['create', 'update', 'delete'],
  issue: ['create', 'update', 'delete'],
  comment: ['create', 'update', 'delete'],
  organization: ['update', 'delete'],
  invitation: ['create', 'delete'],
  membership: ['create', 'update', 'delete'],
};

/** Events that end a background request, with the group they are shown in. There is none for imports. */
const COMPLETED: Readonly<Record<string, string>> = {
  'completed:request[export:annotations]': 'Dataset export',
  'completed:request[export:dataset]': 'Dataset export',
  'completed:request[export:backup]': 'Backup export',
  'completed:request[create:task]': 'Task data creation',
  'completed:request[merge:task]': 'Consensus merge',
  'completed:request[merge:job]': 'Consensus merge',
  'completed:request[calculate:quality]': 'Quality report creation',
};

const PROJECT_SUBJECTS = ['task', 'job', 'issue', 'comment'];

/** Names of the events that webhooks of a type, or any webhooks, may ask for; in the order of each version's own list. */
export function eventNames(version: CvatVersion, type: WebhookType | 'all'): string[] {
  const names = version === '2.54.1' ? oldNames(type) : newNames(type);
  return version === '2.54.1' ? names.toSorted() : names;
}

/** What a newer version says of an event beside its name. */
export function eventGroup(name: string): string {
  const subject = name.slice(name.indexOf(':') + 1);
  return COMPLETED[name] ?? subject.charAt(0).toUpperCase() + subject.slice(1);
}

function namesOf(subjects: readonly string[]): string[] {
  return subjects.flatMap((subject) => (SUBJECTS[subject] ?? []).map((action) => `${action}:${subject}`));
}

function oldNames(type: WebhookType | 'all'): string[] {
  if (type === 'project') return [...namesOf(PROJECT_SUBJECTS), 'update:project', 'delete:project'];
  return namesOf(Object.keys(SUBJECTS));
}

/** The newer version knows no deletion of an organization. */
function newNames(type: WebhookType | 'all'): string[] {
  const completed = Object.keys(COMPLETED);
  if (type === 'project') return [...namesOf(PROJECT_SUBJECTS), ...completed, 'update:project', 'delete:project'];
  return [...namesOf(Object.keys(SUBJECTS)).filter((name) => name !== 'delete:organization'), ...completed];
}
