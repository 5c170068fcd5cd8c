import de.bwaldvogel.mongo.MongoBackend;
import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.MongoVersion;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.MongoDatabaseHandler;
import de.bwaldvogel.mongo.wire.MongoExceptionHandler;
import de.bwaldvogel.mongo.wire.MongoWireMessageEncoder;
import de.bwaldvogel.mongo.wire.MongoWireProtocolHandler;
import de.bwaldvogel.mongo.wire.MongoWireReplyEncoder;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.h2.mvstore.MVStore;

/**
 * A MongoDB stand-in for one machine: mongo-java-server on an H2 MVStore file. It knows no passwords, so it listens on a
 * Unix socket, which only those reach who may open its folder.
 * Usage: MongoStandIn FILE SOCKET. Prints "ready" and runs until SIGTERM.
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

    /** What `MongoServer.bind` does for a network address, for a Unix socket. */
    private static void listen(MongoBackend backend, Path socket) throws IOException {
        // Left behind by one that was killed.
        Files.deleteIfExists(socket);
        EventLoopGroup boss = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        EventLoopGroup workers = new MultiThreadIoEventLoopGroup(NioIoHandler.newFactory());
        ChannelGroup clients = new DefaultChannelGroup("clients", boss.next());
        ServerBootstrap bootstrap = new ServerBootstrap()
            .group(boss, workers)
            .channel(NioServerDomainSocketChannel.class)
            .localAddress(UnixDomainSocketAddress.of(socket))
            .childHandler(new ChannelInitializer<Channel>() {
                @Override
                protected void initChannel(Channel client) {
                    client.pipeline().addLast(
                        new MongoWireReplyEncoder(),
                        new MongoWireMessageEncoder(),
                        new MongoWireProtocolHandler(),
                        new MongoDatabaseHandler(backend, clients),
                        new MongoExceptionHandler());
                }
            });
        Channel server = bootstrap.bind().syncUninterruptibly().channel();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            server.close().syncUninterruptibly();
            clients.close().syncUninterruptibly();
            backend.close();
        }));
    }

    public static void main(String[] arguments) throws IOException {
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
        listen(backend, Path.of(arguments[1]));
        System.out.println("ready");
    }
}
