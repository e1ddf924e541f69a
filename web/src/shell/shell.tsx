import { AppShell, Burger, Group } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Suspense, useEffect, useRef } from 'react';
import { Route, Routes, useLocation } from 'react-router';
import { AwayBanner } from '../live/away-banner.tsx';
import { ROUTES } from '../routes.ts';
import { Account } from '../session/account.tsx';
import { Loading } from '../states/loading.tsx';
import { ColourSwitch } from './colour-switch.tsx';
import { Navigation } from './navigation.tsx';
import { PageBoundary } from './page-boundary.tsx';
import { UnknownPage } from './unknown-page.tsx';

const MAIN = 'main';

/** The frame of all pages: navigation beside them, or behind a button where the screen is narrow. */
export function Shell() {
  const [isOpen, { toggle, close }] = useDisclosure(false);
  return (
    <AppShell
      header={{ height: { base: 48, sm: 0 } }}
      navbar={{ width: 208, breakpoint: 'sm', collapsed: { mobile: !isOpen } }}
      padding={{ base: 'md', sm: 'xl' }}
    >
      <a href={`#${MAIN}`} className="skip-link">
        Skip to the page
      </a>
      <AppShell.Header hiddenFrom="sm" className="narrow-header">
        <Burger opened={isOpen} onClick={toggle} size="sm" aria-label={isOpen ? 'Close the menu' : 'Open the menu'} />
        <span className="brand">maskloop</span>
      </AppShell.Header>
      {/* Moved off the screen alone, its links would still be reached by the keyboard. */}
      <AppShell.Navbar p="sm" component="div" {...(isOpen ? {} : { visibleFrom: 'sm' })}>
        <span className="brand brand-wide">maskloop</span>
        <Navigation onGo={close} />
        <Group mt="auto" justify="space-between" align="flex-end" gap="xs">
          <Account />
          <ColourSwitch />
        </Group>
      </AppShell.Navbar>
      <AppShell.Main id={MAIN} tabIndex={-1}>
        <AwayBanner />
        <Pages />
      </AppShell.Main>
    </AppShell>
  );
}

function Pages() {
  const { pathname } = useLocation();
  useStartOfPage(pathname);
  return (
    <PageBoundary key={pathname}>
      <Suspense fallback={<Loading what="the page" />}>
        <Routes>
          {ROUTES.map(({ path, Page }) => (
            <Route key={path} path={path} element={<Page />} />
          ))}
          <Route path="*" element={<UnknownPage />} />
        </Routes>
      </Suspense>
    </PageBoundary>
  );
}

/** Another page begins at its top, also for keyboards and screen readers. */
function useStartOfPage(pathname: string): void {
  const shown = useRef(pathname);
  useEffect(() => {
    if (shown.current === pathname) return;
    shown.current = pathname;
    window.scrollTo(0, 0);
    document.querySelector<HTMLElement>(`#${MAIN}`)?.focus({ preventScroll: true });
  }, [pathname]);
}
