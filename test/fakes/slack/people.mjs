// auth.test, users.* and the ticket for a socket.
import { pageOf } from './pages.mjs';
import { Refusal } from './world.mjs';

const described = ({ id, name, real_name = name, team_id, tz = 'Asia/Shanghai', ...user }) => ({
  id,
  team_id,
  name,
  real_name,
  tz,
  is_admin: false,
  is_owner: false,
  is_restricted: false,
  is_ultra_restricted: false,
  is_app_user: false,
  updated: 1_700_000_000,
  ...user,
  profile: { real_name, display_name: user.display_name ?? name, real_name_normalized: real_name, team: team_id, ...user.profile },
});

function test(slack) {
  return {
    url: `https://${slack.domain}.slack.com/`,
    team: slack.teamName,
    user: slack.botUser.name,
    team_id: slack.team,
    user_id: slack.botUser.id,
    bot_id: slack.botUser.bot_id,
    is_enterprise_install: false,
  };
}

function list(slack, args) {
  const { items, more } = pageOf([...slack.world.users.values()], { ...args, kind: 'user' });
  return { members: items.map(described), cache_ts: Math.floor(Date.now() / 1_000), ...more };
}

function info(slack, { user }) {
  const found = slack.world.users.get(user);
  if (!found) throw new Refusal('user_not_found');
  return { user: described(found) };
}

export const teamMethods = {
  'auth.test': { run: test },
  'users.list': { scope: 'users:read', run: list },
  'users.info': { scope: 'users:read', run: info },
  'apps.connections.open': { scope: 'connections:write', token: 'app', run: (slack) => ({ url: slack.hub.ticket() }) },
};
