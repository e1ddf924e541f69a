import type { StartForm } from '../start-form.ts';
import type { OptionField } from './option-field.ts';

const isTold = ({ options }: StartForm): boolean => options.notify !== '';

/** Who is told of what. */
export const NOTICE_FIELDS: readonly OptionField[] = [
  {
    name: 'notify',
    label: 'Tell people by',
    help: 'What the workers have an address or a login for.',
    many: true,
    choices: [
      { value: 'slack', label: 'Slack' },
      { value: 'email', label: 'E-mail' },
      { value: 'webhook', label: 'Webhook' },
    ],
  },
  {
    name: 'leads',
    label: 'Leads',
    help: 'User names in CVAT; they hear of decisions, servers and deadlines.',
    isShown: isTold,
  },
  {
    name: 'remind',
    label: 'Reminders',
    help: 'Before the deadline and, with a minus, after it; empty for the usual ones.',
    placeholder: 'assignee=3d, assignee=1d, lead=-1d',
    isShown: isTold,
  },
  {
    name: 'workingHours',
    label: 'Working hours',
    help: 'Reminders wait for them; 1 is Monday. Empty for any time.',
    placeholder: '1-5 09:00-17:00 Europe/Berlin',
    isShown: isTold,
  },
  { name: 'digest', label: 'Daily summary for the leads at', placeholder: '08:30', isShown: isTold },
];
