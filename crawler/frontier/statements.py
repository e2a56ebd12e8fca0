"""The frontier's SQL, in the dialect that SQLite and PostgreSQL share; parameters are written `:name`."""

from __future__ import annotations

SCHEMA_VERSION = 3

TABLES = (
    """CREATE TABLE IF NOT EXISTS urls (
        key TEXT NOT NULL PRIMARY KEY, url TEXT NOT NULL, host TEXT NOT NULL, publication TEXT NOT NULL,
        kind TEXT NOT NULL, state INTEGER NOT NULL, priority INTEGER NOT NULL, due DOUBLE PRECISION,
        attempts INTEGER NOT NULL DEFAULT 0, hops INTEGER NOT NULL DEFAULT 0, worker INTEGER,
        outcome TEXT, reason TEXT, alias_of TEXT, etag TEXT, last_modified TEXT, text_hash TEXT, field_hashes TEXT,
        revision INTEGER NOT NULL DEFAULT 0, run_id TEXT, changed DOUBLE PRECISION, fetched DOUBLE PRECISION,
        stable INTEGER NOT NULL DEFAULT 0, first_seen DOUBLE PRECISION NOT NULL, last_seen DOUBLE PRECISION NOT NULL,
        sources TEXT NOT NULL DEFAULT '', links TEXT)""",
    "CREATE INDEX IF NOT EXISTS urls_queue ON urls (publication, host, priority, due) WHERE state = 0",
    "CREATE INDEX IF NOT EXISTS urls_leased ON urls (worker) WHERE state = 1",
    "CREATE INDEX IF NOT EXISTS urls_revisit ON urls (publication, due) WHERE state = 2 AND due IS NOT NULL",
    "CREATE INDEX IF NOT EXISTS urls_skipped ON urls (publication) WHERE state = 2 AND outcome = 'skipped'",
    "CREATE INDEX IF NOT EXISTS urls_aliases ON urls (alias_of) WHERE state = 2 AND outcome = 'alias'",
    """CREATE TABLE IF NOT EXISTS contents (
        publication TEXT NOT NULL, content TEXT NOT NULL, key TEXT NOT NULL, PRIMARY KEY (publication, content))""",
    """CREATE TABLE IF NOT EXISTS queues (
        publication TEXT NOT NULL, host TEXT NOT NULL, ready_at DOUBLE PRECISION, PRIMARY KEY (publication, host))""",
    """CREATE TABLE IF NOT EXISTS hosts (
        host TEXT NOT NULL PRIMARY KEY, worker INTEGER, delay DOUBLE PRECISION,
        not_before DOUBLE PRECISION NOT NULL DEFAULT 0, reason TEXT)""",
    """CREATE TABLE IF NOT EXISTS robots (
        origin TEXT NOT NULL PRIMARY KEY, status INTEGER, body BYTEA NOT NULL, fetched DOUBLE PRECISION NOT NULL)""",
    """CREATE TABLE IF NOT EXISTS workers (
        id INTEGER NOT NULL PRIMARY KEY, run_id TEXT NOT NULL, deadline DOUBLE PRECISION NOT NULL)""",
    """CREATE TABLE IF NOT EXISTS visits (
        publication TEXT NOT NULL, run_id TEXT NOT NULL, round_start DOUBLE PRECISION NOT NULL,
        started DOUBLE PRECISION NOT NULL, finished DOUBLE PRECISION, complete INTEGER NOT NULL DEFAULT 0,
        report TEXT, PRIMARY KEY (publication, run_id))""",
    "CREATE INDEX IF NOT EXISTS visits_started ON visits (publication, started)",
    "CREATE TABLE IF NOT EXISTS baselines (publication TEXT NOT NULL PRIMARY KEY, content TEXT NOT NULL)",
)

COLUMNS = (
    "key, url, host, publication, kind, state, priority, due, attempts, hops, outcome, reason, etag, last_modified,"
    " text_hash, field_hashes, revision, changed, fetched, stable, links"
)
"""The columns of a `Record`, in its order."""

INSERT = """INSERT INTO urls (key, url, host, publication, kind, state, priority, due, hops, outcome, reason, changed,
        sources, links, first_seen, last_seen)
    VALUES (:key, :url, :host, :publication, :kind, :state, :priority, :due, :hops, :outcome, :reason, :changed,
        :sources, :links, :now, :now)
    ON CONFLICT (key) DO NOTHING"""

SIGHT = "UPDATE urls SET sources = :sources, links = :links, last_seen = :now WHERE key = :key"

REQUEUE = """UPDATE urls SET state = 0, due = :due, kind = :kind, priority = :priority, attempts = 0
    WHERE key = :key AND state <> 1"""

QUEUE = """INSERT INTO queues (publication, host, ready_at) VALUES (:publication, :host, :due)
    ON CONFLICT (publication, host) DO UPDATE SET ready_at = CASE
        WHEN queues.ready_at IS NULL OR queues.ready_at > excluded.ready_at THEN excluded.ready_at
        ELSE queues.ready_at END"""

WAKE = """INSERT INTO queues (publication, host, ready_at)
    SELECT publication, host, due FROM urls WHERE key = :key AND state = 0
    ON CONFLICT (publication, host) DO UPDATE SET ready_at = CASE
        WHEN queues.ready_at IS NULL OR queues.ready_at > excluded.ready_at THEN excluded.ready_at
        ELSE queues.ready_at END"""

KNOW_HOST = "INSERT INTO hosts (host) VALUES (:host) ON CONFLICT (host) DO NOTHING"

READY_HOSTS = """SELECT q.publication, q.host, h.delay, h.not_before, h.reason
    FROM queues q JOIN scope s ON s.publication = q.publication JOIN hosts h ON h.host = q.host
    WHERE q.ready_at <= :now AND (h.worker IS NULL OR h.worker = :worker) AND h.not_before <= :now
    ORDER BY q.ready_at LIMIT :limit"""

TAKE_HOST = "UPDATE hosts SET worker = :worker WHERE host = :host"

LEASE = f"""WITH chosen AS MATERIALIZED (
        SELECT key FROM urls WHERE publication = :publication AND host = :host AND state = 0 AND due <= :now
        ORDER BY priority, due LIMIT :limit)
    UPDATE urls SET state = 1, worker = :worker WHERE key IN (SELECT key FROM chosen) AND state = 0
    RETURNING {COLUMNS}"""  # noqa: S608 - column names are ours

DRAINED = """UPDATE queues SET ready_at = (
        SELECT min(due) FROM urls u
        WHERE u.publication = queues.publication AND u.host = queues.host AND u.state = 0)
    WHERE host = :host"""

LEAVE_HOST = """UPDATE hosts SET worker = NULL, not_before = CASE
        WHEN delay > :pause AND :now + delay > not_before THEN :now + delay
        WHEN :now + :pause > not_before THEN :now + :pause
        ELSE not_before END
    WHERE host = :host AND worker = :worker"""

IDLE_WORKERS = """SELECT count(*) FROM workers w WHERE w.deadline >= :now AND w.id <> :worker
    AND NOT EXISTS (SELECT 1 FROM hosts h WHERE h.worker = w.id)"""

HAS_SEVERAL = """SELECT h.worker FROM hosts h JOIN workers w ON w.id = h.worker
    WHERE w.deadline >= :now AND h.worker <> :worker
    AND EXISTS (SELECT 1 FROM queues q JOIN scope s ON s.publication = q.publication WHERE q.host = h.host)
    GROUP BY h.worker HAVING count(*) > 1 LIMIT 1"""

SETTLE = """UPDATE urls SET state = :state, worker = NULL, outcome = :outcome, reason = :reason, due = :due,
        attempts = :attempts, stable = :stable, url = coalesce(:url, url), hops = coalesce(:hops, hops),
        alias_of = coalesce(:alias_of, alias_of), etag = coalesce(:etag, etag),
        last_modified = coalesce(:last_modified, last_modified), text_hash = coalesce(:text_hash, text_hash),
        field_hashes = coalesce(:field_hashes, field_hashes), revision = coalesce(:revision, revision),
        changed = coalesce(:changed, changed), fetched = coalesce(:fetched, fetched), run_id = coalesce(:run_id, run_id)
    WHERE key = :key AND state = 1 AND worker = :worker"""

PUT_CONTENT = """INSERT INTO contents (publication, content, key)
    SELECT publication, :content, key FROM urls WHERE key = :key
    ON CONFLICT (publication, content) DO UPDATE SET key = excluded.key"""

ORIGINAL = """SELECT u.key FROM contents c JOIN urls u ON u.key = c.key
    WHERE c.publication = :publication AND c.content = :content AND u.outcome IN ('new', 'updated', 'unchanged')"""

FREE_ALIASES = """UPDATE urls SET state = 0, due = :fetched, attempts = 0
    WHERE state = 2 AND outcome = 'alias' AND alias_of = :key"""

WAKE_ALIASES = """INSERT INTO queues (publication, host, ready_at)
    SELECT publication, host, min(due) FROM urls WHERE state = 0 AND alias_of = :key GROUP BY 1, 2
    ON CONFLICT (publication, host) DO UPDATE SET ready_at = 0"""

RELEASE = "UPDATE urls SET state = 0, worker = NULL WHERE key = :key AND state = 1 AND worker = :worker"

RELEASE_WORKER = (
    """UPDATE queues SET ready_at = 0 WHERE EXISTS (
        SELECT 1 FROM urls u WHERE u.state = 1 AND u.worker = :worker
        AND u.publication = queues.publication AND u.host = queues.host)""",
    "UPDATE urls SET state = 0, worker = NULL WHERE state = 1 AND worker = :worker",
    "UPDATE hosts SET worker = NULL WHERE worker = :worker",
    "DELETE FROM workers WHERE id = :worker",
)

TAKE = """UPDATE urls SET state = 1, worker = :worker, kind = :kind WHERE key = :key AND state <> 1"""

HOLDS = "SELECT 1 FROM urls WHERE key = :key AND state = 1 AND worker = :worker"

GET = f"SELECT {COLUMNS} FROM urls WHERE key = :key"  # noqa: S608 - column names are ours

RECONCILED = """UPDATE urls SET state = 2, worker = NULL, outcome = :outcome, reason = NULL, due = :due, attempts = 0,
        url = :url, revision = :revision, run_id = :run_id, field_hashes = :field_hashes,
        changed = :fetched, fetched = :fetched, stable = 0, etag = NULL, last_modified = NULL, kind = 'article'
    WHERE key = :key"""

REVIVABLE = """SELECT DISTINCT u.publication, u.host FROM urls u JOIN scope s ON s.publication = u.publication
    WHERE u.state = 2 AND u.due IS NOT NULL AND u.due <= s.round_start"""

REVIVE = """UPDATE urls SET state = 0, attempts = 0
    WHERE state = 2 AND due IS NOT NULL
    AND due <= (SELECT s.round_start FROM scope s WHERE s.publication = urls.publication)
    AND publication IN (SELECT publication FROM scope)"""

READMIT = """UPDATE urls SET state = 0, due = :now, changed = NULL WHERE state = 2 AND outcome = 'skipped'
    AND publication = :publication AND reason = :reason AND changed >= :since AND changed <= :until"""

SKIPPED = """SELECT key, url, kind FROM urls WHERE state = 2 AND outcome = 'skipped' AND publication = :publication
    AND reason = :reason AND key > :after ORDER BY key LIMIT :limit"""

UNSKIP = """UPDATE urls SET state = 0, due = :now WHERE state = 2 AND key = :key"""

READMITTED = """SELECT DISTINCT host FROM urls WHERE state = 0 AND publication = :publication"""

NEXT_DUE = """SELECT q.host, min(CASE WHEN q.ready_at < h.not_before THEN h.not_before ELSE q.ready_at END)
    FROM queues q JOIN scope s ON s.publication = q.publication JOIN hosts h ON h.host = q.host
    WHERE q.ready_at IS NOT NULL AND (h.worker IS NULL OR h.worker = :worker)
    GROUP BY q.host ORDER BY 2 LIMIT :most"""

HOSTS_OF = """SELECT q.host, h.worker FROM queues q JOIN hosts h ON h.host = q.host
    WHERE q.publication = :publication"""

HOST = "SELECT host, delay, not_before, reason FROM hosts WHERE host = :host"

PUT_HOST = """INSERT INTO hosts (host, delay, not_before, reason) VALUES (:host, :delay, :not_before, :reason)
    ON CONFLICT (host) DO UPDATE
    SET delay = excluded.delay, not_before = excluded.not_before, reason = excluded.reason"""

ROBOTS = "SELECT origin, status, body, fetched FROM robots WHERE origin = :origin"

PUT_ROBOTS = """INSERT INTO robots (origin, status, body, fetched) VALUES (:origin, :status, :body, :fetched)
    ON CONFLICT (origin) DO UPDATE SET status = excluded.status, body = excluded.body, fetched = excluded.fetched"""

CENSUS = """SELECT kind, CASE WHEN state < 2 THEN 'queued' ELSE outcome END AS what, count(*)
    FROM urls WHERE publication = :publication GROUP BY 1, 2"""

QUEUED = "SELECT publication, count(*) FROM urls WHERE state = 0 GROUP BY publication"

BY_SOURCES = """SELECT sources, count(*) FROM urls
    WHERE publication = :publication AND revision > 0 AND alias_of IS NULL GROUP BY 1"""

LAST_VISIT = """SELECT round_start, complete FROM visits WHERE publication = :publication
    ORDER BY started DESC LIMIT 1"""

START_VISIT = """INSERT INTO visits (publication, run_id, round_start, started)
    VALUES (:publication, :run_id, :round_start, :now) ON CONFLICT (publication, run_id) DO NOTHING"""

SCOPE_ROUND = "UPDATE scope SET round_start = :round_start WHERE publication = :publication"

FINISH_VISIT = """UPDATE visits SET finished = :now, complete = :complete, report = :report
    WHERE publication = :publication AND run_id = :run_id"""

VISITS = """SELECT run_id, started, finished, report FROM visits WHERE publication = :publication
    ORDER BY started DESC LIMIT :limit"""

EXAMPLES = """SELECT sources, min(url), max(url) FROM urls
    WHERE publication = :publication AND revision > 0 AND alias_of IS NULL GROUP BY sources"""

BASELINE = "SELECT content FROM baselines WHERE publication = :publication"

PUT_BASELINE = """INSERT INTO baselines (publication, content) VALUES (:publication, :content)
    ON CONFLICT (publication) DO UPDATE SET content = excluded.content"""
