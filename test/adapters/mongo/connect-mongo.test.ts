import { describe, expect, it } from 'vitest';
import { databaseNameOf } from '../../../adapters/mongo/connect-mongo.ts';

describe('the database of a connection string', () => {
  it.each([
    ['mongodb://127.0.0.1:27017/desk', 'desk'],
    ['mongodb://one:27017,two:27017/desk?replicaSet=rs0', 'desk'],
    ['mongodb+srv://user:p%40ss@cluster.example/desk', 'desk'],
    ['mongodb://%2Ftmp%2Fmongodb.sock/desk', 'desk'],
    ['mongodb://host', 'attendant'],
    ['mongodb://host/', 'attendant'],
    ['mongodb://host/?tls=true', 'attendant'],
  ])('of %s is %s', (uri, name) => {
    expect(databaseNameOf(uri)).toBe(name);
  });
});
