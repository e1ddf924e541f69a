import { page, type PageRoute } from './shell/page-route.ts';

/** All pages, in the order of the navigation. The ids of iterations are read by `useIterationId`, never by `useParams`. */
export const ROUTES: readonly PageRoute[] = [
  page('/', async () => (await import('./pages/overview/overview-page.tsx')).OverviewPage, {
    label: 'Overview',
    icon: 'overview',
  }),
  page('/iterations', async () => (await import('./pages/iterations/iterations-page.tsx')).IterationsPage, {
    label: 'Iterations',
    icon: 'iterations',
  }),
  page('/iterations/:id', async () => (await import('./pages/iteration/iteration-page.tsx')).IterationPage),
  page('/start', async () => (await import('./pages/start/start-page.tsx')).StartPage, {
    label: 'Start',
    icon: 'start',
    role: 'operator',
  }),
  page('/jobs', async () => (await import('./pages/jobs/jobs-page.tsx')).JobsPage, { label: 'Jobs', icon: 'jobs' }),
  page('/loops', async () => (await import('./pages/loops/loops-page.tsx')).LoopsPage, {
    label: 'Loops',
    icon: 'loops',
  }),
  page('/loops/:connection/:project/:loop', async () => (await import('./pages/loops/loop-page.tsx')).LoopPage),
  page('/models', async () => (await import('./pages/models/models-page.tsx')).ModelsPage, {
    label: 'Models',
    icon: 'models',
  }),
  page('/schedules', async () => (await import('./pages/schedules/schedules-page.tsx')).SchedulesPage, {
    label: 'Schedules',
    icon: 'quiet',
  }),
  page('/schedules/:connection/:project/:loop', async () => {
    return (await import('./pages/schedules/schedule-page.tsx')).SchedulePage;
  }),
  page('/system', async () => (await import('./pages/system/system-page.tsx')).SystemPage, {
    label: 'System',
    icon: 'system',
  }),
];
