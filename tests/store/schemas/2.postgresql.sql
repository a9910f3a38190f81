-- the store at 81c09f0: with decisions on personal data, labels and a log
CREATE TABLE audit (
  id INTEGER NOT NULL,
  at FLOAT NOT NULL,
  who VARCHAR NOT NULL,
  action VARCHAR NOT NULL,
  consultation_id VARCHAR NOT NULL,
  detail VARCHAR NOT NULL,
  previous VARCHAR NOT NULL,
  hash VARCHAR NOT NULL,
  PRIMARY KEY (id)
);
CREATE INDEX ix_audit_consultation_id ON audit (consultation_id);
CREATE TABLE audit_head (
  id INTEGER NOT NULL,
  line INTEGER NOT NULL,
  hash VARCHAR NOT NULL,
  PRIMARY KEY (id)
);
CREATE TABLE consultations (
  id VARCHAR NOT NULL,
  title VARCHAR NOT NULL,
  created FLOAT NOT NULL,
  files JSON NOT NULL,
  mapping VARCHAR,
  consultation_fp VARCHAR,
  llm_enabled INTEGER NOT NULL,
  source VARCHAR NOT NULL,
  multilingual INTEGER DEFAULT '0' NOT NULL,
  keep_themes INTEGER DEFAULT '1' NOT NULL,
  PRIMARY KEY (id)
);
CREATE TABLE jobs (
  id SERIAL NOT NULL,
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
CREATE TABLE redaction_edits (
  id SERIAL NOT NULL,
  consultation_id VARCHAR NOT NULL,
  response_id VARCHAR NOT NULL,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  kind VARCHAR NOT NULL,
  action VARCHAR NOT NULL,
  who VARCHAR NOT NULL,
  at FLOAT NOT NULL,
  why VARCHAR NOT NULL,
  "of" VARCHAR NOT NULL,
  PRIMARY KEY (id)
);
CREATE INDEX ix_redaction_edits_consultation_id ON redaction_edits (consultation_id);
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
