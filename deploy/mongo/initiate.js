// Run by mongosh at every start: makes the replica set once, waits until it has a primary, and gives the product a user of
// its own who can read and write its database and nothing else. Reads MONGO_INITDB_ROOT_PASSWORD and MONGODB_PASSWORD.
db.getSiblingDB('admin').auth('root', process.env.MONGO_INITDB_ROOT_PASSWORD);
try {
  rs.status();
} catch (error) {
  if (error.codeName !== 'NotYetInitialized') throw error;
  rs.initiate({ _id: 'rs0', members: [{ _id: 0, host: 'mongo:27017' }] });
}
for (let attempt = 0; !db.hello().isWritablePrimary; attempt += 1) {
  if (attempt === 60) throw new Error('The replica set has no primary after a minute.');
  sleep(1000);
}
const product = db.getSiblingDB('attendant');
const user = { pwd: process.env.MONGODB_PASSWORD, roles: [{ role: 'readWrite', db: 'attendant' }] };
// A password that was changed in .env counts from the next start on.
if (product.getUser('attendant')) product.updateUser('attendant', user);
else product.createUser({ user: 'attendant', ...user });
