import { lazy, type ComponentType, type LazyExoticComponent } from 'react';
import type { Role } from '../../../src/contracts/role.ts';
import type { IconName } from '../icons/icon.tsx';
import { PageNotLoaded } from './page-not-loaded.ts';

export interface PageRoute {
  /** As react-router has it: `/iterations/:id`. */
  readonly path: string;
  readonly Page: LazyExoticComponent<ComponentType>;
  /** Where it stands in the navigation; undefined for a page that others lead to. */
  readonly nav?: { readonly label: string; readonly icon: IconName; readonly role?: Role };
}

/** A page that is loaded when it is first shown; it throws `PageNotLoaded` where that cannot be done. */
export function page(path: string, load: () => Promise<ComponentType>, nav?: PageRoute['nav']): PageRoute {
  const Page = lazy(async () => {
    try {
      return { default: await load() };
    } catch (error) {
      throw new PageNotLoaded(error);
    }
  });
  return nav === undefined ? { path, Page } : { path, Page, nav };
}
