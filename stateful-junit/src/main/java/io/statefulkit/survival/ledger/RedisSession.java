package io.statefulkit.survival.ledger;

import io.statefulkit.survival.history.Element;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection to Redis. A write is one script, so that the server itself adds which incarnation of it wrote the row. */
final class RedisSession implements Session {

    private static final Logger LOG = LoggerFactory.getLogger(RedisSession.class);

    private static final String WRITE = """
        if redis.call('EXISTS', KEYS[2]) == 0 then
          return redis.error_reply('ERR these are not the data of the run')
        end
        local server = string.match(redis.call('INFO', 'server'), 'run_id:(%x+)') or 'unknown'
        local before = redis.call('HGET', KEYS[1], ARGV[1])
        local row = ARGV[2] .. ' ' .. server .. ' ' .. ARGV[3]
        redis.call('HSET', KEYS[1], ARGV[1], before and before .. '\\n' .. row or row)
        return server
        """;

    private final Resp connection;
    private final String key;
    private final String mark;
    private final String run;
    private final String server;

    private RedisSession(Resp connection, String key, String mark, String run, String server) {
        this.connection = connection;
        this.key = key;
        this.mark = mark;
        this.run = run;
        this.server = server;
    }

    static RedisSession over(Resp connection, String key, String mark, String run) throws IOException {
        String server = connection
                .call("INFO", "server")
                .toString()
                .lines()
                .filter(line -> line.startsWith("run_id:"))
                .map(line -> line.substring("run_id:".length()).strip())
                .findFirst()
                .orElseThrow(() -> new IOException("INFO names no run_id"));
        return new RedisSession(connection, key, mark, run, server);
    }

    @Override
    public String server() {
        return server;
    }

    @Override
    public Reply write(Element element, String payload) {
        try {
            Object writer = connection.call("EVAL", WRITE, "2", key, mark, element.toString(), run, payload);
            return writer.equals(server)
                    ? Reply.acknowledged()
                    : Reply.unknown(new IOException("server " + writer + " answered, expected " + server));
        } catch (Resp.RefusedException e) {
            return Reply.refused(e);
        } catch (IOException e) {
            return Reply.unknown(e);
        }
    }

    @Override
    public Reply delete(Element element) {
        try {
            Object deleted = connection.call("HDEL", key, element.toString());
            return deleted.equals(1L)
                    ? Reply.acknowledged()
                    : Reply.refused(new IOException("deleted " + deleted + " rows, expected 1"));
        } catch (Resp.RefusedException e) {
            return Reply.refused(e);
        } catch (IOException e) {
            return Reply.unknown(e);
        }
    }

    @Override
    public List<Row> read() {
        try {
            List<String> fields = connection.list("HGETALL", key);
            List<Row> rows = new ArrayList<>();
            for (int i = 0; i + 1 < fields.size(); i += 2) {
                Element element = Element.parse(fields.get(i));
                fields.get(i + 1).lines().forEach(line -> rows.add(row(element, line)));
            }
            return rows;
        } catch (IOException e) {
            throw new StoreException("cannot read all rows of " + key, e);
        }
    }

    /** What is no row of ours any more counts as one with other content. */
    private static Row row(Element element, String line) {
        String[] parts = line.split(" ", 3);
        return parts.length == 3
                ? new Row(parts[0], element, Payload.digest(parts[2]))
                : new Row(line, element, Payload.digest(line));
    }

    @Override
    public void abort() {
        close();
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (IOException e) {
            LOG.debug("cannot close a connection", e);
        }
    }
}
