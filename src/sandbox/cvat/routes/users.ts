import { json } from '../answers/answer.ts';
import { pageOf } from '../answers/paging.ts';
import { notFound } from '../answers/refusal.ts';
import { basicUser, fullUser } from '../answers/views.ts';
import type { User } from '../state/entities.ts';
import type { UserCall } from './call.ts';
import { passes } from './list-query.ts';
import type { Register } from './resource.ts';

export function userRoutes(register: Register): void {
  register.users('/api/users/self', { GET: (call) => json(200, fullUser(call, call.user)) });
  register.users('/api/users', {
    GET: (call) => {
      const found = [...call.state.users.values()].filter((user) =>
        passes(call.query, {
          terms: { id: user.id, username: user.username },
          searched: [user.username, user.firstName, user.lastName],
        }),
      );
      return pageOf(call, found, (user) => shown(call, user));
    },
  });
  register.users('/api/users/:id', {
    GET: (call) => {
      const user = call.state.users.get(Number(call.params['id']));
      if (user === undefined) throw notFound('User');
      return json(200, shown(call, user));
    },
  });
}

/** An administrator sees everything of everybody. */
function shown(call: UserCall, user: User): object | null {
  const isFull = call.user.isAdmin || user.id === call.user.id;
  return isFull ? fullUser(call, user) : basicUser(call, user.id);
}
