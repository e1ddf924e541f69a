import type { Http } from '../http/http.ts';
import type { Cvat, Person } from './cvat.ts';
import { allPages } from './paging.ts';
import { memberWire, personWire } from './wire/people.ts';

/** Whom jobs can be given to: in an organization its members, since nobody else sees its jobs; else all users. */
export function peopleMethods(http: Http, organization: string | null): Pick<Cvat, 'people'> {
  return {
    async people(signal) {
      if (organization === null) {
        const users = await allPages(http, '/api/users', {}, personWire, signal);
        return users.filter(({ isActive }) => isActive).map(toPerson);
      }
      const members = await allPages(http, '/api/memberships', {}, memberWire, signal);
      return members.flatMap(({ user, isActive }) => (user !== null && isActive ? [toPerson(user)] : []));
    },
  };
}

function toPerson({ id, username }: Person): Person {
  return { id, username };
}
