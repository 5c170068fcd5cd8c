// Run by mongosh at every start: makes the replica set once, then waits until it has a primary.
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
