-- the store at 1c07be4: with blind samples
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
CREATE TABLE blind_codes (
  id SERIAL NOT NULL,
  consultation_id VARCHAR NOT NULL,
  number INTEGER NOT NULL,
  response_id VARCHAR NOT NULL,
  coder VARCHAR NOT NULL,
  theme_ids JSON NOT NULL,
  note VARCHAR NOT NULL,
  at FLOAT NOT NULL,
  PRIMARY KEY (id)
);
CREATE INDEX ix_blind_codes_consultation_id ON blind_codes (consultation_id);
CREATE TABLE blind_samples (
  consultation_id VARCHAR NOT NULL,
  number INTEGER NOT NULL,
  question_id VARCHAR NOT NULL,
  run_id VARCHAR NOT NULL,
  rule VARCHAR NOT NULL,
  seed INTEGER NOT NULL,
  size INTEGER NOT NULL,
  created FLOAT NOT NULL,
  who VARCHAR NOT NULL,
  drawn JSON NOT NULL,
  themes JSON NOT NULL,
  PRIMARY KEY (consultation_id, number)
);
CREATE TABLE considerations (
  id SERIAL NOT NULL,
  consultation_id VARCHAR NOT NULL,
  kind VARCHAR NOT NULL,
  number INTEGER NOT NULL,
  theme_id VARCHAR NOT NULL,
  who VARCHAR NOT NULL,
  email VARCHAR NOT NULL,
  role VARCHAR NOT NULL,
  at FLOAT NOT NULL,
  text JSON NOT NULL,
  PRIMARY KEY (id)
);
CREATE INDEX ix_considerations_consultation_id ON considerations (consultation_id);
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
CREATE TABLE editions (
  consultation_id VARCHAR NOT NULL,
  number INTEGER NOT NULL,
  title VARCHAR NOT NULL,
  run_id VARCHAR NOT NULL,
  counting VARCHAR NOT NULL,
  created FLOAT NOT NULL,
  hashes JSON NOT NULL,
  digest VARCHAR NOT NULL,
  changes JSON NOT NULL,
  checklist JSON NOT NULL,
  PRIMARY KEY (consultation_id, number)
);
CREATE TABLE hand_labels (
  id SERIAL NOT NULL,
  consultation_id VARCHAR NOT NULL,
  measure VARCHAR NOT NULL,
  about VARCHAR NOT NULL,
  value VARCHAR NOT NULL,
  who VARCHAR NOT NULL,
  at FLOAT NOT NULL,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  why VARCHAR NOT NULL,
  "of" VARCHAR NOT NULL,
  PRIMARY KEY (id)
);
CREATE INDEX ix_hand_labels_consultation_id ON hand_labels (consultation_id);
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
CREATE TABLE not_before (
  email VARCHAR NOT NULL,
  at FLOAT NOT NULL,
  PRIMARY KEY (email)
);
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
CREATE TABLE sign_ins (
  id VARCHAR NOT NULL,
  email VARCHAR NOT NULL,
  started FLOAT NOT NULL,
  seen FLOAT NOT NULL,
  ended FLOAT,
  PRIMARY KEY (id)
);
CREATE INDEX ix_sign_ins_email ON sign_ins (email);
CREATE TABLE sign_offs (
  consultation_id VARCHAR NOT NULL,
  number INTEGER NOT NULL,
  step VARCHAR NOT NULL,
  who VARCHAR NOT NULL,
  email VARCHAR NOT NULL,
  role VARCHAR NOT NULL,
  at FLOAT NOT NULL,
  note VARCHAR NOT NULL,
  digest VARCHAR NOT NULL,
  PRIMARY KEY (consultation_id, number, step)
);
CREATE TABLE workers (
  id VARCHAR NOT NULL,
  beat FLOAT NOT NULL,
  PRIMARY KEY (id)
);
