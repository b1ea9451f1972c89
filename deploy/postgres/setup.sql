-- Prepares a PostgreSQL database (14 or newer) for the cluster's clustering, records and reminders.
--
--   psql "postgres://tryon@db/tryon" -f deploy/postgres/setup.sql
--
-- May be run again: it creates what is missing and renews the statements. The tables and statements are ours; what is
-- fixed is the contract of Orleans' ADO.NET providers: the table OrleansQuery, the names of its statements, their
-- parameters, and the columns they return.
-- https://learn.microsoft.com/dotnet/orleans/host/configuration-guide/adonet-configuration

BEGIN;

CREATE TABLE IF NOT EXISTS OrleansQuery (
    QueryKey varchar(64) PRIMARY KEY,
    QueryText text NOT NULL);

-- One row a record. The key is unique, so that of two first writes one fails; the version is the ETag.
CREATE TABLE IF NOT EXISTS tryon_records (
    service_id text NOT NULL,
    grain_type text NOT NULL,
    n0 bigint NOT NULL,
    n1 bigint NOT NULL,
    extension text NOT NULL,
    version integer NOT NULL,
    payload bytea,
    modified_at timestamptz NOT NULL,
    PRIMARY KEY (service_id, grain_type, extension, n0, n1))
    WITH (fillfactor = 80);

-- Records are replaced whole and never searched: compression by lz4 where the server has it costs less than pglz.
DO $$ BEGIN
    ALTER TABLE tryon_records ALTER COLUMN payload SET COMPRESSION lz4;
EXCEPTION WHEN feature_not_supported THEN NULL;
END $$;

CREATE TABLE IF NOT EXISTS tryon_membership_versions (
    deployment_id text PRIMARY KEY,
    version integer NOT NULL,
    changed_at timestamptz NOT NULL);

CREATE TABLE IF NOT EXISTS tryon_members (
    deployment_id text NOT NULL REFERENCES tryon_membership_versions,
    address text NOT NULL,
    port integer NOT NULL,
    generation integer NOT NULL,
    silo_name text NOT NULL,
    host_name text NOT NULL,
    status integer NOT NULL,
    proxy_port integer,
    suspect_times text,
    start_time timestamptz NOT NULL,
    alive_at timestamptz NOT NULL,
    PRIMARY KEY (deployment_id, address, port, generation));

CREATE TABLE IF NOT EXISTS tryon_reminders (
    service_id text NOT NULL,
    grain_id text NOT NULL,
    name text NOT NULL,
    start_time timestamptz NOT NULL,
    period bigint NOT NULL,
    grain_hash integer NOT NULL,
    version integer NOT NULL,
    PRIMARY KEY (service_id, grain_id, name));

-- Silos read their share of the reminders by range of the hash ring.
CREATE INDEX IF NOT EXISTS tryon_reminders_by_hash ON tryon_reminders (service_id, grain_hash);

INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES

-- Records

('ReadFromStorageKey', '
    SELECT payload AS PayloadBinary, modified_at AS ModifiedOn, version AS Version
    FROM tryon_records
    WHERE service_id = @ServiceId AND grain_type = @GrainTypeString AND extension = coalesce(@GrainIdExtensionString, '''')
        AND n0 = @GrainIdN0 AND n1 = @GrainIdN1'),

-- Answers the new version, or the old one when the condition did not hold: the provider then reports the conflict.
('WriteToStorageKey', '
    WITH updated AS (
        UPDATE tryon_records
        SET payload = @PayloadBinary, version = version + 1, modified_at = now()
        WHERE service_id = @ServiceId AND grain_type = @GrainTypeString
            AND extension = coalesce(@GrainIdExtensionString, '''') AND n0 = @GrainIdN0 AND n1 = @GrainIdN1
            AND version = @GrainStateVersion
        RETURNING version),
    inserted AS (
        INSERT INTO tryon_records (service_id, grain_type, n0, n1, extension, version, payload, modified_at)
        SELECT @ServiceId, @GrainTypeString, @GrainIdN0, @GrainIdN1, coalesce(@GrainIdExtensionString, ''''), 1,
            @PayloadBinary, now()
        WHERE @GrainStateVersion IS NULL
        ON CONFLICT DO NOTHING
        RETURNING version),
    written AS (SELECT version FROM updated UNION ALL SELECT version FROM inserted)
    SELECT version AS NewGrainStateVersion FROM written
    UNION ALL
    SELECT @GrainStateVersion WHERE NOT EXISTS (SELECT 1 FROM written)'),

('ClearStorageKey', '
    UPDATE tryon_records
    SET payload = NULL, version = version + 1, modified_at = now()
    WHERE service_id = @ServiceId AND grain_type = @GrainTypeString AND extension = coalesce(@GrainIdExtensionString, '''')
        AND n0 = @GrainIdN0 AND n1 = @GrainIdN1 AND version = @GrainStateVersion
    RETURNING version AS NewGrainStateVersion'),

('DeleteStorageKey', '
    DELETE FROM tryon_records
    WHERE service_id = @ServiceId AND grain_type = @GrainTypeString AND extension = coalesce(@GrainIdExtensionString, '''')
        AND n0 = @GrainIdN0 AND n1 = @GrainIdN1 AND version = @GrainStateVersion
    RETURNING version + 1 AS NewGrainStateVersion'),

-- Clustering: every change of a member is one conditional step of the whole table''s version.

('InsertMembershipVersionKey', '
    WITH inserted AS (
        INSERT INTO tryon_membership_versions (deployment_id, version, changed_at)
        VALUES (@DeploymentId, 0, now())
        ON CONFLICT DO NOTHING
        RETURNING 1)
    SELECT count(*)::integer FROM inserted'),

('InsertMembershipKey', '
    WITH stepped AS (
        UPDATE tryon_membership_versions
        SET version = version + 1, changed_at = now()
        WHERE deployment_id = @DeploymentId AND version = @Version AND NOT EXISTS (
            SELECT 1 FROM tryon_members
            WHERE deployment_id = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation)
        RETURNING deployment_id),
    inserted AS (
        INSERT INTO tryon_members (
            deployment_id, address, port, generation, silo_name, host_name, status, proxy_port, start_time, alive_at)
        SELECT deployment_id, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime
        FROM stepped
        RETURNING 1)
    SELECT count(*)::integer FROM inserted'),

('UpdateMembershipKey', '
    WITH stepped AS (
        UPDATE tryon_membership_versions
        SET version = version + 1, changed_at = now()
        WHERE deployment_id = @DeploymentId AND version = @Version AND EXISTS (
            SELECT 1 FROM tryon_members
            WHERE deployment_id = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation)
        RETURNING deployment_id),
    updated AS (
        UPDATE tryon_members AS member
        SET status = @Status, suspect_times = @SuspectTimes, alive_at = @IAmAliveTime
        FROM stepped
        WHERE member.deployment_id = stepped.deployment_id
            AND address = @Address AND port = @Port AND generation = @Generation
        RETURNING 1)
    SELECT count(*)::integer FROM updated'),

('UpdateIAmAlivetimeKey', '
    UPDATE tryon_members SET alive_at = @IAmAliveTime
    WHERE deployment_id = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation'),

('MembershipReadRowKey', '
    SELECT v.deployment_id AS DeploymentId, address AS Address, port AS Port, generation AS Generation,
        silo_name AS SiloName, host_name AS HostName, status AS Status, proxy_port AS ProxyPort,
        suspect_times AS SuspectTimes, start_time AS StartTime, alive_at AS IAmAliveTime, v.version AS Version
    FROM tryon_membership_versions v
    LEFT JOIN tryon_members m
        ON m.deployment_id = v.deployment_id AND address = @Address AND port = @Port AND generation = @Generation
    WHERE v.deployment_id = @DeploymentId'),

('MembershipReadAllKey', '
    SELECT v.deployment_id AS DeploymentId, address AS Address, port AS Port, generation AS Generation,
        silo_name AS SiloName, host_name AS HostName, status AS Status, proxy_port AS ProxyPort,
        suspect_times AS SuspectTimes, start_time AS StartTime, alive_at AS IAmAliveTime, v.version AS Version
    FROM tryon_membership_versions v
    LEFT JOIN tryon_members m ON m.deployment_id = v.deployment_id
    WHERE v.deployment_id = @DeploymentId'),

('DeleteMembershipTableEntriesKey', '
    WITH members AS (DELETE FROM tryon_members WHERE deployment_id = @DeploymentId)
    DELETE FROM tryon_membership_versions WHERE deployment_id = @DeploymentId'),

('GatewaysQueryKey', '
    SELECT address AS Address, proxy_port AS ProxyPort, generation AS Generation
    FROM tryon_members
    WHERE deployment_id = @DeploymentId AND status = @Status AND proxy_port > 0'),

-- Status 3 is an active silo, which is voted out before it is cleaned up.
('CleanupDefunctSiloEntriesKey', '
    DELETE FROM tryon_members
    WHERE deployment_id = @DeploymentId AND alive_at < @IAmAliveTime AND status <> 3'),

-- Reminders

('UpsertReminderRowKey', '
    INSERT INTO tryon_reminders (service_id, grain_id, name, start_time, period, grain_hash, version)
    VALUES (@ServiceId, @GrainId, @ReminderName, @StartTime, @Period, @GrainHash, 0)
    ON CONFLICT (service_id, grain_id, name) DO UPDATE
    SET start_time = excluded.start_time, period = excluded.period, grain_hash = excluded.grain_hash,
        version = tryon_reminders.version + 1
    RETURNING version AS Version'),

('ReadReminderRowsKey', '
    SELECT grain_id AS GrainId, name AS ReminderName, start_time AS StartTime, period AS Period, version AS Version
    FROM tryon_reminders
    WHERE service_id = @ServiceId AND grain_id = @GrainId'),

('ReadReminderRowKey', '
    SELECT grain_id AS GrainId, name AS ReminderName, start_time AS StartTime, period AS Period, version AS Version
    FROM tryon_reminders
    WHERE service_id = @ServiceId AND grain_id = @GrainId AND name = @ReminderName'),

('ReadRangeRows1Key', '
    SELECT grain_id AS GrainId, name AS ReminderName, start_time AS StartTime, period AS Period, version AS Version
    FROM tryon_reminders
    WHERE service_id = @ServiceId AND grain_hash > @BeginHash AND grain_hash <= @EndHash'),

-- A range over the end of the ring.
('ReadRangeRows2Key', '
    SELECT grain_id AS GrainId, name AS ReminderName, start_time AS StartTime, period AS Period, version AS Version
    FROM tryon_reminders
    WHERE service_id = @ServiceId AND (grain_hash > @BeginHash OR grain_hash <= @EndHash)'),

('DeleteReminderRowKey', '
    WITH deleted AS (
        DELETE FROM tryon_reminders
        WHERE service_id = @ServiceId AND grain_id = @GrainId AND name = @ReminderName AND version = @Version
        RETURNING 1)
    SELECT count(*)::integer FROM deleted'),

('DeleteReminderRowsKey', '
    DELETE FROM tryon_reminders WHERE service_id = @ServiceId')

ON CONFLICT (QueryKey) DO UPDATE SET QueryText = excluded.QueryText;

COMMIT;
