import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An index that is not unique, which mongo-java-server does not have: it scans the whole collection instead. Serves
 * queries that give texts for the first one or two keys; what it finds is compared with the whole query by the
 * collection. Lives in memory: the collection fills it when it is opened.
 */
final class SecondaryIndex extends Index<Object> {

    private static final int LONGEST_PREFIX = 2;

    private final List<String> prefixKeys;
    /** Positions by the values of the first keys; one key or two, so no value of one is taken for the other. */
    private final Map<List<Object>, Set<Object>> positions = new HashMap<>();
    private boolean hasArrays;

    /** Counts as sparse: an index that knows no position of a document is no contradiction then. */
    SecondaryIndex(String name, List<IndexKey> keys) {
        super(name, keys, true);
        List<String> names = keys();
        this.prefixKeys = List.copyOf(names.subList(0, Math.min(LONGEST_PREFIX, names.size())));
    }

    @Override
    public synchronized void add(Document document, Object position, MongoCollection<Object> collection) {
        for (List<Object> prefix : prefixesOf(document)) {
            positions.computeIfAbsent(prefix, key -> new LinkedHashSet<>()).add(position);
        }
    }

    @Override
    public synchronized Object remove(Document document) {
        Object position = Missing.ofNullable(Utils.getSubdocumentValue(document, "_id"));
        for (List<Object> prefix : prefixesOf(document)) {
            Set<Object> found = positions.get(prefix);
            if (found != null && found.remove(position) && found.isEmpty()) {
                positions.remove(prefix);
            }
        }
        return null;
    }

    @Override
    public synchronized void updateInPlace(
        Document oldDocument, Document newDocument, Object position, MongoCollection<Object> collection) {
        if (prefixesOf(oldDocument).equals(prefixesOf(newDocument))) {
            return;
        }
        remove(oldDocument);
        add(newDocument, position, collection);
    }

    @Override
    public synchronized boolean canHandle(Document query) {
        return !hasArrays && !prefixOf(query).isEmpty();
    }

    /** A copy: the caller may change the documents, and so this index, while it goes through them. */
    @Override
    public synchronized Iterable<Object> getPositions(Document query) {
        return new ArrayList<>(positions.getOrDefault(prefixOf(query), Set.of()));
    }

    private List<Object> prefixOf(Document query) {
        List<Object> values = new ArrayList<>();
        for (String key : prefixKeys) {
            Object value = query.get(key);
            if (!isPlain(value)) {
                break;
            }
            values.add(value);
        }
        return values;
    }

    private List<List<Object>> prefixesOf(Document document) {
        List<List<Object>> prefixes = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        for (String key : prefixKeys) {
            Object value = Utils.getSubdocumentValue(document, key);
            hasArrays |= value instanceof Collection;
            if (!isPlain(value)) {
                break;
            }
            values.add(value);
            prefixes.add(List.copyOf(values));
        }
        return prefixes;
    }

    /** Texts are all that Attendant looks for; numbers would have to be compared across their types. */
    private static boolean isPlain(Object value) {
        return value instanceof String;
    }

    @Override
    public Object getPosition(Document document) {
        return null;
    }

    @Override
    public void checkAdd(Document document, MongoCollection<Object> collection) {}

    @Override
    public void checkUpdate(Document oldDocument, Document newDocument, MongoCollection<Object> collection) {}

    @Override
    public synchronized long getCount() {
        return positions.size();
    }

    @Override
    public long getDataSize() {
        return getCount();
    }

    @Override
    public void drop() {}
}
