import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.MongoVersion;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import java.util.List;
import java.util.Set;
import org.h2.mvstore.MVStore;

/**
 * A MongoDB stand-in for one machine: mongo-java-server on an H2 MVStore file.
 * Usage: MongoStandIn FILE PORT (0 takes a free port). Prints "ready PORT" and runs until SIGTERM.
 */
public final class MongoStandIn {

    /** Driver 7 refuses servers below wire version 9; 17 is MongoDB 6.0. */
    private static final class Version implements MongoVersion {
        @Override
        public List<Integer> getVersionArray() {
            return List.of(6, 0, 0, 0);
        }

        @Override
        public int getWireVersion() {
            return 17;
        }
    }

    /** Answers a write only after it is in the file: an acknowledged write survives kill -9 (not a power cut). */
    private static final class DurableBackend extends H2Backend {
        private static final Set<String> WRITES = Set.of(
            "insert", "update", "delete", "findandmodify", "create", "createindexes", "dropindexes", "drop",
            "dropdatabase", "renamecollection", "collmod");

        private final MVStore store;

        DurableBackend(MVStore store) {
            super(store);
            this.store = store;
        }

        @Override
        protected MongoDatabase openOrCreateDatabase(String name) {
            return new IndexedDatabase(name, getCursorRegistry());
        }

        @Override
        public Document handleMessage(MongoMessage message) {
            String command = message.getDocument().keySet().iterator().next();
            if (!WRITES.contains(command.toLowerCase())) {
                return super.handleMessage(message);
            }
            try {
                return super.handleMessage(message);
            } finally {
                commitOwnWrite();
            }
        }

        /**
         * Parallel writers share a commit. The store raises its version before it collects what to save, so a
         * version that moved while we waited for the lock proves that our write was collected and is now saved.
         */
        private void commitOwnWrite() {
            long versionOfWrite = store.getCurrentVersion();
            synchronized (store) {
                if (store.getCurrentVersion() == versionOfWrite) {
                    store.commit();
                }
            }
        }

        /** Closing compacts for at most a second, so that the file does not grow from start to start. */
        @Override
        public void close() {
            store.close(1000);
        }
    }

    private MongoStandIn() {}

    public static void main(String[] arguments) {
        // Without its own buffer limit nothing but commitOwnWrite commits, which the proof above needs.
        MVStore store = new MVStore.Builder()
            .fileName(arguments[0])
            .autoCommitDisabled()
            .autoCommitBufferSize(0)
            .open();
        store.setRetentionTime(0);
        IndexedDatabase.useStore(store);
        H2Backend backend = new DurableBackend(store);
        backend.version(new Version());
        MongoServer server = new MongoServer(backend);
        server.bind("127.0.0.1", Integer.parseInt(arguments[1]));
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdownNow));
        System.out.println("ready " + server.getLocalAddress().getPort());
    }
}
