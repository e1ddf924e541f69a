import type { FieldSection } from './field.ts';
import { PEOPLE, REMINDERS, TEMPLATES } from './rows-shapes.ts';

/** Who is told of what, where, and when. */
export const NOTICE_SECTION: FieldSection = {
  title: 'Notices',
  about: 'Who is told of what, where, and when. Without it nobody is told of anything.',
  fields: [
    {
      path: 'notify',
      label: 'Tell people',
      control: {
        kind: 'part',
        begin: { channels: ['email'] },
        fields: [
          { path: 'notify.channels', label: 'Channels', control: { kind: 'words' } },
          { path: 'notify.kinds', label: 'Told of', control: { kind: 'words' } },
          { path: 'notify.leads', label: 'Leads', control: { kind: 'names', example: 'rita' } },
          { path: 'notify.remind', label: 'Reminders', control: { kind: 'rows', shape: REMINDERS } },
          {
            path: 'notify.workingHours',
            label: 'Only in working hours',
            control: {
              kind: 'part',
              begin: { from: '08:00', to: '18:00', timeZone: 'Europe/Berlin' },
              fields: [
                { path: 'notify.workingHours.from', label: 'From', control: { kind: 'text', example: '08:00' } },
                { path: 'notify.workingHours.to', label: 'To', control: { kind: 'text', example: '18:00' } },
                {
                  path: 'notify.workingHours.timeZone',
                  label: 'Time zone',
                  control: { kind: 'text', example: 'Europe/Berlin' },
                },
                { path: 'notify.workingHours.days', label: 'Days', control: { kind: 'words' } },
              ],
            },
          },
          { path: 'notify.digest', label: 'Daily digest at', control: { kind: 'text', example: '08:30' } },
          { path: 'notify.people', label: 'Addresses', control: { kind: 'rows', shape: PEOPLE } },
          { path: 'notify.templates', label: 'Texts of our own', control: { kind: 'rows', shape: TEMPLATES } },
        ],
      },
    },
  ],
};
