import { NavLink } from 'react-router';
import { Icon } from '../icons/icon.tsx';
import { usePrincipal } from '../session/principal.tsx';
import { mayAct } from '../../../src/contracts/role.ts';
import { ROUTES } from '../routes.ts';

/** Links to all pages that whoever looks may use. */
export function Navigation({ onGo }: { readonly onGo: () => void }) {
  const { role } = usePrincipal();
  return (
    <nav aria-label="Pages">
      <ul className="nav-list">
        {ROUTES.flatMap(({ path, nav }) =>
          nav === undefined || !mayAct(role, nav.role ?? 'viewer') ? (
            []
          ) : (
            <li key={path}>
              <NavLink to={path} end={path === '/'} onClick={onGo} className="nav-link">
                <Icon name={nav.icon} size={18} />
                {nav.label}
              </NavLink>
            </li>
          ),
        )}
      </ul>
    </nav>
  );
}
