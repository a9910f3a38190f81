-- the store at f5ffe5f: the first tables
CREATE TABLE consultations (
  id VARCHAR NOT NULL,
  title VARCHAR NOT NULL,
  created FLOAT NOT NULL,
  files JSON NOT NULL,
  mapping VARCHAR,
  consultation_fp VARCHAR,
  llm_enabled INTEGER NOT NULL,
  source VARCHAR NOT NULL,
  PRIMARY KEY (id)
);
CREATE TABLE jobs (
  id INTEGER NOT NULL,
  consultation_id VARCHAR NOT NULL,
  state VARCHAR NOT NULL,
  created FLOAT NOT NULL,
  started FLOAT,
  finished FLOAT,
  stage VARCHAR NOT NULL,
  title VARCHAR NOT NULL,
  stage_started FLOAT,
  done INTEGER NOT NULL,
  total INTEGER NOT NULL,
  cancel INTEGER NOT NULL,
  worker VARCHAR,
  lease FLOAT,
  attempts INTEGER NOT NULL,
  message VARCHAR NOT NULL,
  PRIMARY KEY (id)
);
CREATE INDEX ix_jobs_consultation_id ON jobs (consultation_id);
CREATE TABLE runs (
  id VARCHAR NOT NULL,
  consultation_id VARCHAR NOT NULL,
  created FLOAT NOT NULL,
  fingerprints JSON NOT NULL,
  meta JSON NOT NULL,
  PRIMARY KEY (id, consultation_id)
);
CREATE TABLE workers (
  id VARCHAR NOT NULL,
  beat FLOAT NOT NULL,
  PRIMARY KEY (id)
);
