SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;
SET default_tablespace = '';
SET default_table_access_method = heap;
CREATE TABLE public.assets (
    id bigint NOT NULL,
    source_id character varying(64) NOT NULL,
    path text NOT NULL,
    fingerprint text NOT NULL,
    detectors character varying(64) NOT NULL,
    modified timestamp with time zone,
    size bigint,
    readers json NOT NULL,
    coverage character varying(16) NOT NULL,
    characters bigint NOT NULL,
    run_id bigint NOT NULL
);
CREATE SEQUENCE public.assets_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.assets_id_seq OWNED BY public.assets.id;
CREATE TABLE public.departed (
    id bigint NOT NULL,
    source_id character varying(64) NOT NULL,
    entity character varying(64) NOT NULL,
    key character varying(32) NOT NULL
);
CREATE SEQUENCE public.departed_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.departed_id_seq OWNED BY public.departed.id;
CREATE TABLE public.findings (
    id bigint NOT NULL,
    asset_id bigint NOT NULL,
    locator json NOT NULL,
    label text NOT NULL,
    entity character varying(64) NOT NULL,
    category character varying(64) NOT NULL,
    count bigint NOT NULL,
    "distinct" bigint NOT NULL,
    confidence double precision NOT NULL,
    recognizer character varying(128) NOT NULL,
    evidence json NOT NULL,
    samples json NOT NULL,
    share double precision,
    share_at_least double precision,
    sample bigint
);
CREATE SEQUENCE public.findings_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.findings_id_seq OWNED BY public.findings.id;
CREATE TABLE public.flows (
    id bigint NOT NULL,
    asset_id bigint NOT NULL,
    domain text NOT NULL,
    channel character varying(16) NOT NULL,
    categories json NOT NULL,
    at timestamp with time zone,
    addresses json NOT NULL
);
CREATE SEQUENCE public.flows_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.flows_id_seq OWNED BY public.flows.id;
CREATE TABLE public.identifiers (
    id bigint NOT NULL,
    asset_id bigint NOT NULL,
    entity character varying(64) NOT NULL,
    key character varying(32) NOT NULL,
    record text NOT NULL,
    role character varying(16) NOT NULL
);
CREATE SEQUENCE public.identifiers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.identifiers_id_seq OWNED BY public.identifiers.id;
CREATE TABLE public.meta (
    key character varying(64) NOT NULL,
    value text
);
CREATE TABLE public.milestones (
    id bigint NOT NULL,
    asset_id bigint NOT NULL,
    kind character varying(16) NOT NULL,
    at timestamp with time zone NOT NULL,
    evidence text NOT NULL,
    application text NOT NULL,
    record text NOT NULL
);
CREATE SEQUENCE public.milestones_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.milestones_id_seq OWNED BY public.milestones.id;
CREATE TABLE public.named (
    id bigint NOT NULL,
    asset_id bigint NOT NULL,
    key character varying(32) NOT NULL,
    outline character varying(32) NOT NULL
);
CREATE SEQUENCE public.named_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.named_id_seq OWNED BY public.named.id;
CREATE TABLE public.runs (
    id bigint NOT NULL,
    started_at timestamp with time zone NOT NULL,
    finished_at timestamp with time zone,
    version character varying(32) NOT NULL,
    digest character varying(64) NOT NULL
);
CREATE SEQUENCE public.runs_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.runs_id_seq OWNED BY public.runs.id;
CREATE TABLE public.skips (
    id bigint NOT NULL,
    asset_id bigint NOT NULL,
    reason character varying(16) NOT NULL,
    detail text NOT NULL,
    locator json NOT NULL
);
CREATE SEQUENCE public.skips_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.skips_id_seq OWNED BY public.skips.id;
CREATE TABLE public.sources (
    id character varying(64) NOT NULL,
    kind character varying(64) NOT NULL,
    name text NOT NULL,
    location text NOT NULL,
    run_id bigint NOT NULL,
    checkpoint text NOT NULL,
    listed integer NOT NULL,
    error text NOT NULL
);
ALTER TABLE ONLY public.assets ALTER COLUMN id SET DEFAULT nextval('public.assets_id_seq'::regclass);
ALTER TABLE ONLY public.departed ALTER COLUMN id SET DEFAULT nextval('public.departed_id_seq'::regclass);
ALTER TABLE ONLY public.findings ALTER COLUMN id SET DEFAULT nextval('public.findings_id_seq'::regclass);
ALTER TABLE ONLY public.flows ALTER COLUMN id SET DEFAULT nextval('public.flows_id_seq'::regclass);
ALTER TABLE ONLY public.identifiers ALTER COLUMN id SET DEFAULT nextval('public.identifiers_id_seq'::regclass);
ALTER TABLE ONLY public.milestones ALTER COLUMN id SET DEFAULT nextval('public.milestones_id_seq'::regclass);
ALTER TABLE ONLY public.named ALTER COLUMN id SET DEFAULT nextval('public.named_id_seq'::regclass);
ALTER TABLE ONLY public.runs ALTER COLUMN id SET DEFAULT nextval('public.runs_id_seq'::regclass);
ALTER TABLE ONLY public.skips ALTER COLUMN id SET DEFAULT nextval('public.skips_id_seq'::regclass);
INSERT INTO public.assets VALUES (1, 'recruiting', 'candidates/20001', 'da6529d45bea415aeea4aa655c85babd', '900e6e077a6b908ec90ddda233894cac', '2024-03-18 10:00:00+00', 3001, '[]', 'examined', 879, 2);
INSERT INTO public.assets VALUES (3, 'recruiting', 'candidates/20004', '07219d5b78736456aed0251dd2f223eb', '900e6e077a6b908ec90ddda233894cac', '2025-11-10 10:00:00+00', 2983, '[]', 'examined', 873, 2);
INSERT INTO public.assets VALUES (4, 'recruiting', 'jobs', '2dcd4ed56b01459d903e48b3afbba7be', '900e6e077a6b908ec90ddda233894cac', NULL, 1428, '[]', 'examined', 110, 2);
INSERT INTO public.assets VALUES (5, 'recruiting', 'tables/close_reasons', 'e2b4d7a927a0ea09462eeecff0a68921', '900e6e077a6b908ec90ddda233894cac', NULL, 74, '[]', 'examined', 38, 2);
INSERT INTO public.assets VALUES (6, 'recruiting', 'tables/openings', '0ecff0384a435c320c6b6de1cd97182c', '900e6e077a6b908ec90ddda233894cac', NULL, 873, '[]', 'examined', 0, 2);
INSERT INTO public.assets VALUES (7, 'recruiting', 'tables/rejection_reasons', '87534e2d61d0b4fad09446506c485732', '900e6e077a6b908ec90ddda233894cac', NULL, 113, '[]', 'examined', 60, 2);
INSERT INTO public.assets VALUES (8, 'recruiting', 'users', '9be1b431b2ef6e16951307a3d17c6104', '900e6e077a6b908ec90ddda233894cac', NULL, 346, '[]', 'examined', 131, 2);
INSERT INTO public.assets VALUES (9, 'mailbox', '1764000001.M1P1.example', '229-1764000001.M1P1.example', '900e6e077a6b908ec90ddda233894cac', '2026-12-01 10:30:33.790553+00', 229, '["everyone"]', 'examined', 138, 2);
INSERT INTO public.assets VALUES (10, 'mailbox', '1764000002.M2P1.example', '240-1764000002.M2P1.example', '900e6e077a6b908ec90ddda233894cac', '2026-12-01 10:30:33.790602+00', 240, '["everyone"]', 'examined', 141, 2);
INSERT INTO public.assets VALUES (11, 'mailbox', '1764000003.M3P1.example', '480-1764000003.M3P1.example', '900e6e077a6b908ec90ddda233894cac', '2026-12-01 10:30:33.790637+00', 480, '["everyone"]', 'partial', 110, 2);
INSERT INTO public.departed VALUES (1, 'recruiting', 'BIRTH_DATE', '22fc6961a8844da9a0fb10ad99a97d63');
INSERT INTO public.departed VALUES (2, 'recruiting', 'EMAIL_ADDRESS', '11315cbb11a7f810a6b28b11dc2f34d2');
INSERT INTO public.departed VALUES (3, 'recruiting', 'PERSON', '922892e279d01edf64130f22071fa072');
INSERT INTO public.departed VALUES (4, 'recruiting', 'PERSON', 'dc82f73028b8a4485e22958808be893a');
INSERT INTO public.departed VALUES (5, 'recruiting', 'PHONE_NUMBER', '44d34ac9a2cd5e89cde2b5c556b9c055');
INSERT INTO public.departed VALUES (6, 'recruiting', 'POSTAL_ADDRESS', '79fe913fce7606848d97c6f0a732139b');
INSERT INTO public.findings VALUES (1, 1, '[]', '', 'DOCUMENT_TYPE', 'recruitment.application', 1, 0, 0.866, 'documents.cues', '["heading", "lexicon", "words"]', '[]', NULL, NULL, NULL);
INSERT INTO public.findings VALUES (2, 1, '["application:30001", "field:location_address"]', 'location_address', 'POSTAL_ADDRESS', 'contact.postal_address', 1, 1, 0.99, 'generic.postal_address', '["label", "pattern"]', '["\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022 \u2022 \u2022 \u2022, \u2022\u2022\u2022\u2022\u2022 H"]', NULL, NULL, NULL);
INSERT INTO public.findings VALUES (3, 1, '["application:30001", "field:stage_name"]', 'stage_name', 'PERSON', 'identity.name', 1, 1, 0.8, 'names.model', '["label"]', '["O\u2022\u2022\u2022\u2022"]', NULL, NULL, NULL);
INSERT INTO public.findings VALUES (4, 1, '["attachment:50001", "part:CV_lahti.docx"]', '', 'BIRTH_DATE', 'identity.birth_date', 1, 1, 0.9, 'generic.birth_date', '["context", "date", "pattern"]', '["\u2022\u2022.\u2022.\u2022\u2022\u2022\u2022"]', NULL, NULL, NULL);
INSERT INTO public.findings VALUES (5, 1, '["attachment:50001", "part:CV_lahti.docx"]', '', 'DOCUMENT_TYPE', 'recruitment.cv', 1, 0, 0.97, 'documents.cues', '["heading", "layout", "lexicon", "name", "title", "words"]', '[]', NULL, NULL, NULL);
INSERT INTO public.findings VALUES (6, 1, '["attachment:50001", "part:CV_lahti.docx"]', '', 'EMAIL_ADDRESS', 'contact.email', 1, 1, 0.95, 'generic.email', '["pattern"]', '["o\u2022\u2022\u2022@\u2022\u2022\u2022.example"]', NULL, NULL, NULL);
INSERT INTO public.findings VALUES (7, 1, '["attachment:50001", "part:CV_lahti.docx"]', '', 'PERSON', 'identity.name', 1, 1, 0.951, 'names.model', '["known", "name_model"]', '["O\u2022\u2022\u2022 L\u2022\u2022\u2022\u2022"]', NULL, NULL, NULL);
INSERT INTO public.findings VALUES (8, 1, '["attachment:50001", "part:CV_lahti.docx"]', '', 'PHONE_NUMBER', 'contact.phone', 1, 1, 0.95, 'generic.phone', '["context", "library", "pattern"]', '["\u2022\u2022\u2022 \u2022\u2022\u2022 \u2022\u202201"]', NULL, NULL, NULL);
INSERT INTO public.findings VALUES (9, 1, '["attachment:50001", "part:CV_lahti.docx"]', '', 'POSTAL_ADDRESS', 'contact.postal_address', 1, 1, 0.99, 'generic.postal_address', '["context", "pattern"]', '["\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022 \u2022 \u2022 \u2022, \u2022\u2022\u2022\u2022\u2022 H"]', NULL, NULL, NULL);
INSERT INTO public.findings VALUES (10, 1, '["candidate:20001", "field:addresses"]', 'address', 'POSTAL_ADDRESS', 'contact.postal_address', 1, 1, 0.99, 'generic.postal_address', '["label", "pattern"]', '["\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022 \u2022 \u2022 \u2022, \u2022\u2022\u2022\u2022\u2022 H"]', NULL, NULL, NULL);
INSERT INTO public.findings VALUES (11, 1, '["candidate:20001", "field:email_addresses"]', 'email', 'EMAIL_ADDRESS', 'contact.email', 1, 1, 0.95, 'generic.email', '["pattern"]', '["o\u2022\u2022\u2022@\u2022\u2022\u2022.example"]', NULL, NULL, NULL);
INSERT INTO public.findings VALUES (12, 1, '["candidate:20001", "field:name"]', 'full name', 'PERSON', 'identity.name', 1, 1, 0.85, 'names.model', '["label"]', '["O\u2022\u2022\u2022 L\u2022\u2022\u2022\u2022"]', NULL, NULL, NULL);
INSERT INTO public.findings VALUES (13, 1, '["candidate:20001", "field:phone_numbers"]', 'phone', 'PHONE_NUMBER', 'contact.phone', 1, 1, 0.95, 'generic.phone', '["label", "library", "pattern"]', '["\u2022\u2022\u2022 \u2022\u2022\u2022 \u2022\u202201"]', NULL, NULL, NULL);
INSERT INTO public.findings VALUES (14, 1, '["candidate:20001", "field:time_zone"]', 'time_zone', 'LOCATION', 'location', 2, 0, 0.847, 'names.model', '["name_model"]', '["E\u2022\u2022\u2022\u2022\u2022", "H\u2022\u2022\u2022\u2022\u2022\u2022\u2022"]', NULL, NULL, NULL);
INSERT INTO public.findings VALUES (15, 1, '["candidate:20001", "field:title"]', 'title', 'PERSON', 'identity.name', 1, 1, 0.664, 'names.model', '["name_model"]', '["V\u2022\u2022\u2022\u2022\u2022\u2022"]', NULL, NULL, NULL);
INSERT INTO public.findings VALUES (16, 1, '["note:70001", "field:body"]', 'body', 'PERSON', 'identity.name', 2, 2, 0.969, 'names.model', '["name_model", "same_asset"]', '["O\u2022\u2022\u2022", "O\u2022\u2022\u2022 H\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022"]', NULL, NULL, NULL);
INSERT INTO public.findings VALUES (17, 1, '["note:70001", "field:body"]', 'body', 'SELECTION_NOTICE', 'recruitment.decision', 1, 0, 0.85, 'generic.selection_notice', '["lexicon"]', '["\u2022\u2022\u2022"]', NULL, NULL, NULL);
INSERT INTO public.findings VALUES (18, 1, '["note:70001", "field:email_from"]', 'email_from', 'EMAIL_ADDRESS', 'contact.email', 1, 1, 0.95, 'generic.email', '["own_domain", "pattern"]', '["r\u2022\u2022\u2022@\u2022\u2022\u2022.example"]', NULL, NULL, NULL);
INSERT INTO public.findings VALUES (19, 1, '["note:70001", "field:email_to"]', 'email_to', 'EMAIL_ADDRESS', 'contact.email', 1, 1, 0.95, 'generic.email', '["pattern"]', '["o\u2022\u2022\u2022@\u2022\u2022\u2022.example"]', NULL, NULL, NULL);
INSERT INTO public.findings VALUES (20, 1, '["scorecard:80001", "field:notes"]', 'notes', 'PERSON', 'identity.name', 1, 1, 0.883, 'names.model', '["name_model"]', '["O\u2022\u2022\u2022"]', NULL, NULL, NULL);
INSERT INTO public.findings VALUES (35, 3, '[]', '', 'DOCUMENT_TYPE', 'recruitment.application', 1, 0, 0.85, 'documents.cues', '["heading", "lexicon", "words"]', '[]', NULL, NULL, NULL);
INSERT INTO public.findings VALUES (36, 3, '["application:30004", "field:location_address"]', 'location_address', 'POSTAL_ADDRESS', 'contact.postal_address', 1, 1, 0.99, 'generic.postal_address', '["label", "pattern"]', '["\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022 \u2022 \u2022 \u2022\u2022, \u2022\u2022\u2022\u2022\u2022 E"]', NULL, NULL, NULL);
INSERT INTO public.findings VALUES (37, 3, '["application:30004", "field:stage_name"]', 'stage_name', 'PERSON', 'identity.name', 1, 1, 0.8, 'names.model', '["label"]', '["O\u2022\u2022\u2022\u2022"]', NULL, NULL, NULL);
INSERT INTO public.findings VALUES (38, 3, '["attachment:50004", "part:CV_nguyen.docx"]', '', 'BIRTH_DATE', 'identity.birth_date', 1, 1, 0.9, 'generic.birth_date', '["context", "date", "pattern"]', '["\u2022\u2022/\u2022\u2022/\u2022\u2022\u2022\u2022"]', NULL, NULL, NULL);
INSERT INTO public.findings VALUES (39, 3, '["attachment:50004", "part:CV_nguyen.docx"]', '', 'DOCUMENT_TYPE', 'recruitment.cv', 1, 0, 0.97, 'documents.cues', '["heading", "layout", "lexicon", "name", "title", "words"]', '[]', NULL, NULL, NULL);
INSERT INTO public.findings VALUES (40, 3, '["attachment:50004", "part:CV_nguyen.docx"]', '', 'EMAIL_ADDRESS', 'contact.email', 1, 1, 0.95, 'generic.email', '["pattern"]', '["m\u2022\u2022\u2022@\u2022\u2022\u2022.example"]', NULL, NULL, NULL);
INSERT INTO public.findings VALUES (41, 3, '["attachment:50004", "part:CV_nguyen.docx"]', '', 'PERSON', 'identity.name', 1, 1, 0.672, 'names.model', '["name_model"]', '["T\u2022\u2022 M\u2022\u2022 \u2022\u2022\u2022\u2022\u2022\u2022"]', NULL, NULL, NULL);
INSERT INTO public.findings VALUES (42, 3, '["attachment:50004", "part:CV_nguyen.docx"]', '', 'PHONE_NUMBER', 'contact.phone', 1, 1, 0.99, 'generic.phone', '["context", "library", "pattern"]', '["+358 \u2022\u2022 \u2022\u2022\u2022 \u2022\u202204"]', NULL, NULL, NULL);
INSERT INTO public.findings VALUES (43, 3, '["attachment:50004", "part:CV_nguyen.docx"]', '', 'POSTAL_ADDRESS', 'contact.postal_address', 1, 1, 0.99, 'generic.postal_address', '["context", "pattern"]', '["\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022 \u2022 \u2022 \u2022\u2022, \u2022\u2022\u2022\u2022\u2022 E"]', NULL, NULL, NULL);
INSERT INTO public.findings VALUES (44, 3, '["candidate:20004", "field:addresses"]', 'address', 'POSTAL_ADDRESS', 'contact.postal_address', 1, 1, 0.99, 'generic.postal_address', '["label", "pattern"]', '["\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022 \u2022 \u2022 \u2022\u2022, \u2022\u2022\u2022\u2022\u2022 E"]', NULL, NULL, NULL);
INSERT INTO public.findings VALUES (45, 3, '["candidate:20004", "field:email_addresses"]', 'email', 'EMAIL_ADDRESS', 'contact.email', 1, 1, 0.95, 'generic.email', '["pattern"]', '["m\u2022\u2022\u2022@\u2022\u2022\u2022.example"]', NULL, NULL, NULL);
INSERT INTO public.findings VALUES (46, 3, '["candidate:20004", "field:name"]', 'full name', 'PERSON', 'identity.name', 1, 1, 0.8, 'names.model', '["label"]', '["T\u2022\u2022 M\u2022\u2022 \u2022\u2022\u2022\u2022\u2022\u2022"]', NULL, NULL, NULL);
INSERT INTO public.findings VALUES (47, 3, '["candidate:20004", "field:phone_numbers"]', 'phone', 'PHONE_NUMBER', 'contact.phone', 1, 1, 0.99, 'generic.phone', '["label", "library", "pattern"]', '["+358 \u2022\u2022 \u2022\u2022\u2022 \u2022\u202204"]', NULL, NULL, NULL);
INSERT INTO public.findings VALUES (48, 3, '["candidate:20004", "field:time_zone"]', 'time_zone', 'LOCATION', 'location', 2, 0, 0.847, 'names.model', '["name_model"]', '["E\u2022\u2022\u2022\u2022\u2022", "H\u2022\u2022\u2022\u2022\u2022\u2022\u2022"]', NULL, NULL, NULL);
INSERT INTO public.findings VALUES (49, 3, '["candidate:20004", "field:title"]', 'title', 'PERSON', 'identity.name', 1, 1, 0.802, 'names.model', '["name_model"]', '["E\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022"]', NULL, NULL, NULL);
INSERT INTO public.findings VALUES (50, 3, '["note:70004", "field:body"]', 'body', 'PERSON', 'identity.name', 1, 1, 0.97, 'names.model', '["name_model"]', '["O\u2022\u2022\u2022 H\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022"]', NULL, NULL, NULL);
INSERT INTO public.findings VALUES (51, 3, '["note:70004", "field:body"]', 'body', 'SELECTION_NOTICE', 'recruitment.decision', 1, 0, 0.85, 'generic.selection_notice', '["lexicon"]', '["\u2022\u2022\u2022"]', NULL, NULL, NULL);
INSERT INTO public.findings VALUES (52, 3, '["note:70004", "field:email_from"]', 'email_from', 'EMAIL_ADDRESS', 'contact.email', 1, 1, 0.95, 'generic.email', '["own_domain", "pattern"]', '["r\u2022\u2022\u2022@\u2022\u2022\u2022.example"]', NULL, NULL, NULL);
INSERT INTO public.findings VALUES (53, 3, '["note:70004", "field:email_to"]', 'email_to', 'EMAIL_ADDRESS', 'contact.email', 1, 1, 0.95, 'generic.email', '["pattern"]', '["m\u2022\u2022\u2022@\u2022\u2022\u2022.example"]', NULL, NULL, NULL);
INSERT INTO public.findings VALUES (54, 3, '["scorecard:80004", "field:notes"]', 'notes', 'PERSON', 'identity.name', 1, 1, 0.491, 'names.model', '["name_model"]', '["T\u2022\u2022 M\u2022\u2022"]', NULL, NULL, NULL);
INSERT INTO public.findings VALUES (55, 4, '["job:101", "field:name"]', 'name', 'PERSON', 'identity.name', 1, 1, 0.8, 'names.model', '["label"]', '["H\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022"]', NULL, NULL, NULL);
INSERT INTO public.findings VALUES (56, 4, '["job:102", "field:name"]', 'name', 'PERSON', 'identity.name', 1, 1, 0.8, 'names.model', '["label"]', '["A\u2022\u2022\u2022\u2022\u2022\u2022\u2022"]', NULL, NULL, NULL);
INSERT INTO public.findings VALUES (57, 4, '["job:103", "field:name"]', 'name', 'PERSON', 'identity.name', 1, 1, 0.8, 'names.model', '["label"]', '["M\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022"]', NULL, NULL, NULL);
INSERT INTO public.findings VALUES (58, 4, '["job:104", "field:name"]', 'name', 'PERSON', 'identity.name', 1, 1, 0.8, 'names.model', '["label"]', '["T\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022-\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022"]', NULL, NULL, NULL);
INSERT INTO public.findings VALUES (59, 4, '["job:105", "field:name"]', 'name', 'PERSON', 'identity.name', 1, 1, 0.8, 'names.model', '["label"]', '["A\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022"]', NULL, NULL, NULL);
INSERT INTO public.findings VALUES (60, 7, '["rejection_reason:1", "field:name"]', 'name', 'PERSON', 'identity.name', 1, 1, 0.719, 'names.model', '["name_model"]', '["c\u2022\u2022\u2022\u2022\u2022"]', NULL, NULL, NULL);
INSERT INTO public.findings VALUES (61, 8, '["user:501", "field:name"]', 'full name', 'PERSON', 'identity.name', 1, 1, 0.85, 'names.model', '["label"]', '["O\u2022\u2022\u2022 H\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022"]', NULL, NULL, NULL);
INSERT INTO public.findings VALUES (62, 8, '["user:501", "field:name"]', 'name', 'PERSON', 'identity.name', 1, 1, 0.85, 'names.model', '["label"]', '["O\u2022\u2022\u2022 H\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022"]', NULL, NULL, NULL);
INSERT INTO public.findings VALUES (63, 8, '["user:501", "field:primary_email"]', 'primary_email', 'EMAIL_ADDRESS', 'contact.email', 1, 1, 0.95, 'generic.email', '["own_domain", "pattern"]', '["o\u2022\u2022\u2022@\u2022\u2022\u2022.example"]', NULL, NULL, NULL);
INSERT INTO public.findings VALUES (64, 8, '["user:502", "field:name"]', 'full name', 'PERSON', 'identity.name', 1, 1, 0.85, 'names.model', '["label"]', '["P\u2022\u2022\u2022\u2022 K\u2022\u2022\u2022\u2022\u2022-\u2022\u2022\u2022"]', NULL, NULL, NULL);
INSERT INTO public.findings VALUES (65, 8, '["user:502", "field:name"]', 'name', 'PERSON', 'identity.name', 1, 1, 0.85, 'names.model', '["label"]', '["P\u2022\u2022\u2022\u2022 K\u2022\u2022\u2022\u2022\u2022-\u2022\u2022\u2022"]', NULL, NULL, NULL);
INSERT INTO public.findings VALUES (66, 8, '["user:502", "field:primary_email"]', 'primary_email', 'EMAIL_ADDRESS', 'contact.email', 1, 1, 0.95, 'generic.email', '["own_domain", "pattern"]', '["p\u2022\u2022\u2022@\u2022\u2022\u2022.example"]', NULL, NULL, NULL);
INSERT INTO public.findings VALUES (67, 9, '["body:1"]', '', 'DOCUMENT_TYPE', 'recruitment.application', 1, 0, 0.509, 'documents.cues', '["lexicon", "name", "words"]', '[]', NULL, NULL, NULL);
INSERT INTO public.findings VALUES (68, 9, '["body:1"]', '', 'PERSON', 'identity.name', 1, 1, 0.969, 'names.model', '["known", "name_model"]', '["O\u2022\u2022\u2022 L\u2022\u2022\u2022\u2022"]', NULL, NULL, NULL);
INSERT INTO public.findings VALUES (69, 9, '["body:1"]', '', 'PHONE_NUMBER', 'contact.phone', 1, 1, 0.95, 'generic.phone', '["context", "library", "pattern"]', '["\u2022\u2022\u2022 \u2022\u2022\u2022\u2022 \u202201"]', NULL, NULL, NULL);
INSERT INTO public.findings VALUES (70, 9, '["header:from"]', 'header:from', 'EMAIL_ADDRESS', 'contact.email', 1, 1, 0.95, 'generic.email', '["pattern"]', '["o\u2022\u2022\u2022@\u2022\u2022\u2022.example"]', NULL, NULL, NULL);
INSERT INTO public.findings VALUES (71, 9, '["header:from"]', 'header:from', 'PERSON', 'identity.name', 1, 1, 0.85, 'names.model', '["label"]', '["O\u2022\u2022\u2022 L\u2022\u2022\u2022\u2022"]', NULL, NULL, NULL);
INSERT INTO public.findings VALUES (72, 9, '["header:to"]', 'header:to', 'EMAIL_ADDRESS', 'contact.email', 1, 1, 0.95, 'generic.email', '["own_domain", "pattern"]', '["r\u2022\u2022\u2022@\u2022\u2022\u2022.example"]', NULL, NULL, NULL);
INSERT INTO public.findings VALUES (73, 10, '["body:1"]', '', 'DOCUMENT_TYPE', 'recruitment.application', 1, 0, 0.97, 'documents.cues', '["lexicon", "title", "words"]', '[]', NULL, NULL, NULL);
INSERT INTO public.findings VALUES (74, 10, '["body:1"]', '', 'PERSON', 'identity.name', 1, 1, 0.97, 'names.model', '["known", "name_model"]', '["O\u2022\u2022\u2022 L\u2022\u2022\u2022\u2022"]', NULL, NULL, NULL);
INSERT INTO public.findings VALUES (75, 10, '["body:1"]', '', 'SELECTION_NOTICE', 'recruitment.decision', 1, 0, 0.85, 'generic.selection_notice', '["lexicon"]', '["\u2022\u2022\u2022"]', NULL, NULL, NULL);
INSERT INTO public.findings VALUES (76, 10, '["header:from"]', 'header:from', 'EMAIL_ADDRESS', 'contact.email', 1, 1, 0.95, 'generic.email', '["own_domain", "pattern"]', '["r\u2022\u2022\u2022@\u2022\u2022\u2022.example"]', NULL, NULL, NULL);
INSERT INTO public.findings VALUES (77, 10, '["header:from"]', 'header:from', 'PERSON', 'identity.name', 1, 1, 0.8, 'names.model', '["label"]', '["R\u2022\u2022\u2022\u2022"]', NULL, NULL, NULL);
INSERT INTO public.findings VALUES (78, 10, '["header:to"]', 'header:to', 'EMAIL_ADDRESS', 'contact.email', 1, 1, 0.95, 'generic.email', '["pattern"]', '["o\u2022\u2022\u2022@\u2022\u2022\u2022.example"]', NULL, NULL, NULL);
INSERT INTO public.findings VALUES (79, 11, '["body:1"]', '', 'EMAIL_ADDRESS', 'contact.email', 1, 1, 0.95, 'generic.email', '["pattern"]', '["m\u2022\u2022\u2022@\u2022\u2022\u2022.example"]', NULL, NULL, NULL);
INSERT INTO public.findings VALUES (80, 11, '["body:1"]', '', 'PERSON', 'identity.name', 1, 1, 0.944, 'names.model', '["name_model"]', '["M\u2022\u2022\u2022 L\u2022\u2022\u2022\u2022"]', NULL, NULL, NULL);
INSERT INTO public.findings VALUES (81, 11, '["header:from"]', 'header:from', 'EMAIL_ADDRESS', 'contact.email', 1, 1, 0.95, 'generic.email', '["own_domain", "pattern"]', '["r\u2022\u2022\u2022@\u2022\u2022\u2022.example"]', NULL, NULL, NULL);
INSERT INTO public.findings VALUES (82, 11, '["header:from"]', 'header:from', 'PERSON', 'identity.name', 1, 1, 0.8, 'names.model', '["label"]', '["R\u2022\u2022\u2022\u2022"]', NULL, NULL, NULL);
INSERT INTO public.findings VALUES (83, 11, '["header:to"]', 'header:to', 'EMAIL_ADDRESS', 'contact.email', 1, 1, 0.95, 'generic.email', '["pattern"]', '["t\u2022\u2022\u2022@\u2022\u2022\u2022.example"]', NULL, NULL, NULL);
INSERT INTO public.flows VALUES (1, 1, 'posti.example', 'mail', '["contact.email", "identity.name", "recruitment.decision"]', '2024-03-18 10:00:00+00', '["39c7d82f8a9a896c9def82c4775e5b40"]');
INSERT INTO public.flows VALUES (2, 3, 'mail.example', 'mail', '["contact.email", "identity.name", "recruitment.decision"]', '2025-11-10 10:00:00+00', '["c9c45b22ed36c0a632a1580e98eea76a"]');
INSERT INTO public.flows VALUES (3, 10, 'posti.example', 'mail', '["identity.name", "recruitment.application", "recruitment.decision"]', '2025-03-18 13:00:00+00', '["39c7d82f8a9a896c9def82c4775e5b40"]');
INSERT INTO public.flows VALUES (4, 11, 'arviointi.example', 'mail', '["contact.email", "identity.name"]', '2025-03-19 13:00:00+00', '["dd12c0393c4b4a08886f958fb41a050b"]');
INSERT INTO public.identifiers VALUES (1, 1, 'EMAIL_ADDRESS', 'ba3393703c0984b45b6d4a3462d68377', '', 'own');
INSERT INTO public.identifiers VALUES (2, 1, 'BIRTH_DATE', 'f321aac9dc24b94ecfde23f15a3abd5a', '', 'subject');
INSERT INTO public.identifiers VALUES (3, 1, 'EMAIL_ADDRESS', '39c7d82f8a9a896c9def82c4775e5b40', '', 'subject');
INSERT INTO public.identifiers VALUES (4, 1, 'PERSON', '50b4da3121a26c15c41d4f895c4e315f', '', 'subject');
INSERT INTO public.identifiers VALUES (5, 1, 'PERSON', '5519bcb66a3e782bf6d99502cdc5a783', '', 'subject');
INSERT INTO public.identifiers VALUES (6, 1, 'PERSON', '85eeaf5081671871fabc81de07e2b902', '', 'subject');
INSERT INTO public.identifiers VALUES (7, 1, 'PERSON', 'dc82f73028b8a4485e22958808be893a', '', 'subject');
INSERT INTO public.identifiers VALUES (8, 1, 'PERSON', 'f572894a6147ba8798635a6e45143cb7', '', 'subject');
INSERT INTO public.identifiers VALUES (9, 1, 'PHONE_NUMBER', 'df28a569a47ca61ddc071f33359a68c3', '', 'subject');
INSERT INTO public.identifiers VALUES (10, 1, 'POSTAL_ADDRESS', '36218f65ce6049fbacbd9bda89a334ba', '', 'subject');
INSERT INTO public.identifiers VALUES (11, 1, 'EMAIL_ADDRESS', '39c7d82f8a9a896c9def82c4775e5b40', 'candidate', 'subject');
INSERT INTO public.identifiers VALUES (12, 1, 'PHONE_NUMBER', 'df28a569a47ca61ddc071f33359a68c3', 'candidate', 'subject');
INSERT INTO public.identifiers VALUES (13, 1, 'EMAIL_ADDRESS', '39c7d82f8a9a896c9def82c4775e5b40', 'note:70001', 'recipient');
INSERT INTO public.identifiers VALUES (14, 1, 'EMAIL_ADDRESS', 'ba3393703c0984b45b6d4a3462d68377', 'note:70001', 'sender');
INSERT INTO public.identifiers VALUES (23, 3, 'EMAIL_ADDRESS', 'ba3393703c0984b45b6d4a3462d68377', '', 'own');
INSERT INTO public.identifiers VALUES (24, 3, 'BIRTH_DATE', '71888c4f7788db179eaabf24ae6577ee', '', 'subject');
INSERT INTO public.identifiers VALUES (25, 3, 'EMAIL_ADDRESS', 'c9c45b22ed36c0a632a1580e98eea76a', '', 'subject');
INSERT INTO public.identifiers VALUES (26, 3, 'PERSON', '314215e9752ac75279436f7c992970f7', '', 'subject');
INSERT INTO public.identifiers VALUES (27, 3, 'PERSON', '5880a7ba9cbbb71fa37cb4e0420fbf47', '', 'subject');
INSERT INTO public.identifiers VALUES (28, 3, 'PERSON', '6ce8526a44d5355e636e5bb4d10d74a7', '', 'subject');
INSERT INTO public.identifiers VALUES (29, 3, 'PERSON', 'dc82f73028b8a4485e22958808be893a', '', 'subject');
INSERT INTO public.identifiers VALUES (30, 3, 'PERSON', 'f572894a6147ba8798635a6e45143cb7', '', 'subject');
INSERT INTO public.identifiers VALUES (31, 3, 'PHONE_NUMBER', '569ba7e3e4e1f59cc9a5b71e56a32b73', '', 'subject');
INSERT INTO public.identifiers VALUES (32, 3, 'POSTAL_ADDRESS', 'ad35cdcfe3f5ea6630bc11752bb73a07', '', 'subject');
INSERT INTO public.identifiers VALUES (33, 3, 'EMAIL_ADDRESS', 'c9c45b22ed36c0a632a1580e98eea76a', 'candidate', 'subject');
INSERT INTO public.identifiers VALUES (34, 3, 'PHONE_NUMBER', '569ba7e3e4e1f59cc9a5b71e56a32b73', 'candidate', 'subject');
INSERT INTO public.identifiers VALUES (35, 3, 'EMAIL_ADDRESS', 'c9c45b22ed36c0a632a1580e98eea76a', 'note:70004', 'recipient');
INSERT INTO public.identifiers VALUES (36, 3, 'EMAIL_ADDRESS', 'ba3393703c0984b45b6d4a3462d68377', 'note:70004', 'sender');
INSERT INTO public.identifiers VALUES (37, 4, 'PERSON', '0682b8a99a288bdc36d11f0da1721f78', '', 'subject');
INSERT INTO public.identifiers VALUES (38, 4, 'PERSON', '275ac929e1081188fecb88bb4ab2428b', '', 'subject');
INSERT INTO public.identifiers VALUES (39, 4, 'PERSON', '4994f4996b16394641e6fad6a340f2ff', '', 'subject');
INSERT INTO public.identifiers VALUES (40, 4, 'PERSON', 'aae979812cedd6685f6c8530a2395379', '', 'subject');
INSERT INTO public.identifiers VALUES (41, 4, 'PERSON', 'e713d8a21ab1ebc92a0de1a83ef1d719', '', 'subject');
INSERT INTO public.identifiers VALUES (42, 7, 'PERSON', '253faa43f32658f687796195b729ba9d', '', 'subject');
INSERT INTO public.identifiers VALUES (43, 8, 'EMAIL_ADDRESS', '230e3fbe603d90a141b0ba472b3476c7', '', 'own');
INSERT INTO public.identifiers VALUES (44, 8, 'EMAIL_ADDRESS', '79f0079e90db8b65c816fffa5969f3b7', '', 'own');
INSERT INTO public.identifiers VALUES (45, 8, 'PERSON', '050769a2031228c60675e38cb5977ec6', '', 'subject');
INSERT INTO public.identifiers VALUES (46, 8, 'PERSON', 'f572894a6147ba8798635a6e45143cb7', '', 'subject');
INSERT INTO public.identifiers VALUES (47, 9, 'EMAIL_ADDRESS', 'ba3393703c0984b45b6d4a3462d68377', '', 'own');
INSERT INTO public.identifiers VALUES (48, 9, 'EMAIL_ADDRESS', '39c7d82f8a9a896c9def82c4775e5b40', '', 'sender');
INSERT INTO public.identifiers VALUES (49, 9, 'PERSON', '50b4da3121a26c15c41d4f895c4e315f', '', 'subject');
INSERT INTO public.identifiers VALUES (50, 9, 'PHONE_NUMBER', '9d8f289fe4bc25b958fd3213ed79f3ad', '', 'subject');
INSERT INTO public.identifiers VALUES (51, 10, 'EMAIL_ADDRESS', '39c7d82f8a9a896c9def82c4775e5b40', '', 'recipient');
INSERT INTO public.identifiers VALUES (52, 10, 'EMAIL_ADDRESS', 'ba3393703c0984b45b6d4a3462d68377', '', 'sender');
INSERT INTO public.identifiers VALUES (53, 10, 'PERSON', '50b4da3121a26c15c41d4f895c4e315f', '', 'subject');
INSERT INTO public.identifiers VALUES (54, 11, 'EMAIL_ADDRESS', 'dd12c0393c4b4a08886f958fb41a050b', '', 'recipient');
INSERT INTO public.identifiers VALUES (55, 11, 'EMAIL_ADDRESS', 'ba3393703c0984b45b6d4a3462d68377', '', 'sender');
INSERT INTO public.identifiers VALUES (56, 11, 'EMAIL_ADDRESS', '78de938f572bc8107077f332e450dd46', '', 'subject');
INSERT INTO public.identifiers VALUES (57, 11, 'PERSON', '9b21b232e73bad4941ae0b644e91e955', '', 'subject');
INSERT INTO public.meta VALUES ('version', '3');
INSERT INTO public.milestones VALUES (1, 1, 'applied', '2023-12-11 10:00:00+00', 'applications.created_at', '30001', 'candidate');
INSERT INTO public.milestones VALUES (2, 1, 'rejected', '2024-03-18 10:00:00+00', 'applications.rejected_at', '30001', 'candidate');
INSERT INTO public.milestones VALUES (3, 1, 'told', '2024-03-18 10:00:00+00', 'notes.EMAIL after rejection', '30001', 'candidate');
INSERT INTO public.milestones VALUES (4, 1, 'filled', '2024-03-15 10:00:00+00', 'openings.closed_at (close reason: hire)', '30001', 'candidate');
INSERT INTO public.milestones VALUES (5, 1, 'closed', '2024-03-15 10:00:00+00', 'jobs.closed_at', '30001', 'candidate');
INSERT INTO public.milestones VALUES (6, 1, 'activity', '2024-03-18 10:00:00+00', 'applications.last_activity_at', '30001', 'candidate');
INSERT INTO public.milestones VALUES (7, 1, 'told', '2024-03-18 10:00:00+00', 'mail: selection notice', '', 'note:70001');
INSERT INTO public.milestones VALUES (13, 3, 'applied', '2025-08-25 10:00:00+00', 'applications.created_at', '30004', 'candidate');
INSERT INTO public.milestones VALUES (14, 3, 'rejected', '2025-11-10 10:00:00+00', 'applications.rejected_at', '30004', 'candidate');
INSERT INTO public.milestones VALUES (15, 3, 'told', '2025-11-10 10:00:00+00', 'notes.EMAIL after rejection', '30004', 'candidate');
INSERT INTO public.milestones VALUES (16, 3, 'filled', '2025-11-05 10:00:00+00', 'openings.closed_at (close reason: hire)', '30004', 'candidate');
INSERT INTO public.milestones VALUES (17, 3, 'closed', '2025-11-05 10:00:00+00', 'jobs.closed_at', '30004', 'candidate');
INSERT INTO public.milestones VALUES (18, 3, 'activity', '2025-11-10 10:00:00+00', 'applications.last_activity_at', '30004', 'candidate');
INSERT INTO public.milestones VALUES (19, 3, 'told', '2025-11-10 10:00:00+00', 'mail: selection notice', '', 'note:70004');
INSERT INTO public.milestones VALUES (20, 10, 'told', '2025-03-18 13:00:00+00', 'mail: selection notice', '', '');
INSERT INTO public.named VALUES (1, 1, '50b4da3121a26c15c41d4f895c4e315f', '93f9bf4e0bc7f17b7e4f718a31556b0e');
INSERT INTO public.named VALUES (3, 8, '050769a2031228c60675e38cb5977ec6', 'ec0ab16e14ef920e7d71aaaf4d1945e2');
INSERT INTO public.named VALUES (4, 8, 'f572894a6147ba8798635a6e45143cb7', 'bc70c9d7e6d03da901ad372614d92aa2');
INSERT INTO public.named VALUES (5, 8, 'f572894a6147ba8798635a6e45143cb7', 'fa9c36b207316e42c6c79455cd7d860a');
INSERT INTO public.named VALUES (6, 9, '50b4da3121a26c15c41d4f895c4e315f', '93f9bf4e0bc7f17b7e4f718a31556b0e');
INSERT INTO public.runs VALUES (1, '2026-12-01 10:30:35.043929+00', '2026-12-01 10:30:36.701242+00', '0.1.0', 'cc3c01569607cc77304df803d15258ef');
INSERT INTO public.runs VALUES (2, '2026-12-01 10:30:40.0255+00', '2026-12-01 10:30:40.180885+00', '0.1.0', 'cc3c01569607cc77304df803d15258ef');
INSERT INTO public.skips VALUES (1, 11, 'unreadable', 'the zip archive is cut short or broken', '["part:cv.zip"]');
INSERT INTO public.sources VALUES ('recruiting', 'greenhouse', 'Recruiting system', '/srv/tahtivahti/recruiting', 2, '', 1, '');
INSERT INTO public.sources VALUES ('mailbox', 'maildir', 'Role mailbox', '/srv/tahtivahti/mailbox', 2, '', 1, '');
SELECT pg_catalog.setval('public.assets_id_seq', 11, true);
SELECT pg_catalog.setval('public.departed_id_seq', 6, true);
SELECT pg_catalog.setval('public.findings_id_seq', 83, true);
SELECT pg_catalog.setval('public.flows_id_seq', 4, true);
SELECT pg_catalog.setval('public.identifiers_id_seq', 57, true);
SELECT pg_catalog.setval('public.milestones_id_seq', 20, true);
SELECT pg_catalog.setval('public.named_id_seq', 6, true);
SELECT pg_catalog.setval('public.runs_id_seq', 2, true);
SELECT pg_catalog.setval('public.skips_id_seq', 1, true);
ALTER TABLE ONLY public.assets
    ADD CONSTRAINT assets_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.assets
    ADD CONSTRAINT assets_source_id_path_key UNIQUE (source_id, path);
ALTER TABLE ONLY public.departed
    ADD CONSTRAINT departed_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.departed
    ADD CONSTRAINT departed_source_id_entity_key_key UNIQUE (source_id, entity, key);
ALTER TABLE ONLY public.findings
    ADD CONSTRAINT findings_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.flows
    ADD CONSTRAINT flows_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.identifiers
    ADD CONSTRAINT identifiers_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.meta
    ADD CONSTRAINT meta_pkey PRIMARY KEY (key);
ALTER TABLE ONLY public.milestones
    ADD CONSTRAINT milestones_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.named
    ADD CONSTRAINT named_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.runs
    ADD CONSTRAINT runs_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.skips
    ADD CONSTRAINT skips_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.sources
    ADD CONSTRAINT sources_pkey PRIMARY KEY (id);
CREATE INDEX ix_assets_run_id ON public.assets USING btree (run_id);
CREATE INDEX ix_findings_asset_id ON public.findings USING btree (asset_id);
CREATE INDEX ix_findings_category ON public.findings USING btree (category);
CREATE INDEX ix_flows_asset_id ON public.flows USING btree (asset_id);
CREATE INDEX ix_identifiers_asset_id ON public.identifiers USING btree (asset_id);
CREATE INDEX ix_identifiers_key ON public.identifiers USING btree (key);
CREATE INDEX ix_milestones_asset_id ON public.milestones USING btree (asset_id);
CREATE INDEX ix_named_asset_id ON public.named USING btree (asset_id);
CREATE INDEX ix_skips_asset_id ON public.skips USING btree (asset_id);
ALTER TABLE ONLY public.assets
    ADD CONSTRAINT assets_run_id_fkey FOREIGN KEY (run_id) REFERENCES public.runs(id);
ALTER TABLE ONLY public.assets
    ADD CONSTRAINT assets_source_id_fkey FOREIGN KEY (source_id) REFERENCES public.sources(id);
ALTER TABLE ONLY public.departed
    ADD CONSTRAINT departed_source_id_fkey FOREIGN KEY (source_id) REFERENCES public.sources(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.findings
    ADD CONSTRAINT findings_asset_id_fkey FOREIGN KEY (asset_id) REFERENCES public.assets(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.flows
    ADD CONSTRAINT flows_asset_id_fkey FOREIGN KEY (asset_id) REFERENCES public.assets(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.identifiers
    ADD CONSTRAINT identifiers_asset_id_fkey FOREIGN KEY (asset_id) REFERENCES public.assets(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.milestones
    ADD CONSTRAINT milestones_asset_id_fkey FOREIGN KEY (asset_id) REFERENCES public.assets(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.named
    ADD CONSTRAINT named_asset_id_fkey FOREIGN KEY (asset_id) REFERENCES public.assets(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.skips
    ADD CONSTRAINT skips_asset_id_fkey FOREIGN KEY (asset_id) REFERENCES public.assets(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.sources
    ADD CONSTRAINT sources_run_id_fkey FOREIGN KEY (run_id) REFERENCES public.runs(id);
