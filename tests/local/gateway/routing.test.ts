import { describe, expect, it } from 'vitest';
import { matchRoute } from '../../../local/gateway/routing.ts';

const routes = [
  { resourcePath: '/', method: 'GET' },
  { resourcePath: '/jobs', method: 'GET' },
  { resourcePath: '/jobs', method: 'ANY' },
  { resourcePath: '/jobs/{jobId}', method: 'GET' },
  { resourcePath: '/jobs/newest', method: 'GET' },
  { resourcePath: '/jobs/{jobId}/photos/{photoId}', method: 'GET' },
  { resourcePath: '/{proxy+}', method: 'ANY' },
];
const match = (method: string, path: string) => {
  const found = matchRoute(routes, method, path);
  return found && [`${found.route.method} ${found.route.resourcePath}`, found.pathParameters];
};

describe('matchRoute', () => {
  it.each([
    ['GET', '/', 'GET /', {}],
    ['GET', '/jobs/', 'GET /jobs', {}],
    ['DELETE', '/jobs', 'ANY /jobs', {}],
    ['GET', '/jobs/newest', 'GET /jobs/newest', {}],
    ['GET', '/jobs/j%2F1', 'GET /jobs/{jobId}', { jobId: 'j/1' }],
    ['GET', '/jobs/j1/photos/p1', 'GET /jobs/{jobId}/photos/{photoId}', { jobId: 'j1', photoId: 'p1' }],
    ['GET', '/jobs/j1/other', 'ANY /{proxy+}', { proxy: 'jobs/j1/other' }],
    ['GET', '/jobs/100%', 'GET /jobs/{jobId}', { jobId: '100%' }],
  ])('%s %s goes to %s', (method, path, route, parameters) => {
    expect(match(method, path)).toEqual([route, parameters]);
  });

  it('does not fall back to a less exact path for a method that the best one lacks', () => {
    expect(match('DELETE', '/jobs/newest')).toBeUndefined();
  });

  it.each(['//jobs', '/jobs//', '/jobs//photos/p1', '/jobs/j1//photos/p1'])(
    'matches no route but a greedy one with the empty segment of %s',
    (path) => {
      const exact = routes.filter(({ resourcePath }) => !resourcePath.includes('+'));
      expect(matchRoute(exact, 'GET', path)).toBeUndefined();
    },
  );

  it('needs at least one segment for a greedy parameter', () => {
    expect(match('POST', '/')).toBeUndefined();
  });
});
