/* SPDX-License-Identifier: Apache-2.0 */
#include "base/digest.h"
#include "base/file.h"
#include "cli/home.h"
#include "cli/net.h"
#include "release/files.h"
#include "seal/keyfile.h"
#include "seal/keytext.h"
#include "seal/statement.h"

struct signing {
    struct cli *cli;
    str type, kind, payload, envelope;
    struct home home;
    bool logged;
    struct privkey *own; /* of --key */
    struct home_add add;
    str file, proof_file;
};

/* ── what is said ── */

/* Of several types of a kind the one whose schema the body fits; when none does, what the first has against it. */
static bool choose_type(struct signing *s, const struct json *body, struct err *e) {
    str asked = cli_text(s->cli, "predicate");
    const struct predicate *named = predicate_of_kind(asked);
    struct err first = {0};
    bool exact = named && strcmp(named->word, named->kind) != 0 && str_is(asked, named->word);
    if (!named && str_chr(asked, ':') == STR_NONE) {
        err_set(e, ERR_USAGE, asked, "%s", _("this is neither a kind of statement nor the URI of a predicate type"));
        return err_hint(e, "%s",
                        _("known kinds: sbom, provenance, vsa, test-result, vulns, release, vex, csaf, scai, svr, "
                          "hardening, static-analysis, release-manifest; any URI is accepted"));
    }
    if (!named || exact) {
        s->type = named ? str_of(named->type) : asked;
        return predicate_check(s->cli->ctx, s->cli->arena, s->type, body, body->root, e);
    }
    for (const struct predicate *p = predicates; p->kind; p++) {
        struct err bad = {0};
        if (strcmp(p->kind, named->kind) != 0)
            continue;
        s->type = str_of(p->type);
        if (predicate_check(s->cli->ctx, s->cli->arena, s->type, body, body->root, &bad))
            return true;
        if (first.kind == ERR_NONE)
            first = bad;
    }
    *e = first;
    return false;
}

static bool read_body(struct signing *s, struct json *out, struct err *e) {
    struct cli *cli = s->cli;
    str path = cli_text(cli, "body"), text = S("{}");
    const struct predicate *p = predicate_of_kind(cli_text(cli, "predicate"));
    p = p ? p : predicate_of_type(cli_text(cli, "predicate"));
    if (!path.p && p && p->schema) {
        err_set(e, ERR_USAGE, (str){NULL, 0}, _("what does the statement say? --body is missing (%s)"), _(p->title));
        return err_hint(e, "%s", _("--body FILE names the JSON document: the SBOM, the VEX, the test result"));
    }
    if (path.p && !file_read_plain(cli->ctx, cli->arena, path, &text, e))
        return false;
    if (json_parse(cli->ctx, cli->arena, text, JSON_STRICT, path.p ? path : S("{}"), out, e))
        return true;
    if (!e->hint[0] && p && strcmp(p->kind, "sbom") == 0)
        err_hint(e, "%s", _("a statement holds JSON: `akashi sbom convert FILE --to cyclonedx-json` makes it"));
    return false;
}

static bool read_subjects(struct signing *s, struct subject *out, struct err *e) {
    for (uint32_t i = 0; i < s->cli->n_args; i++) {
        str hex;
        if (!file_sha256(s->cli->arena, s->cli->args[i], &hex, NULL, e))
            return false;
        out[i] = (struct subject){.name = path_base(s->cli->args[i])};
        *vec_push(s->cli->arena, &out[i].digests) = (struct subject_digest){S("sha256"), hex};
    }
    return true;
}

static bool make_payload(struct signing *s, struct err *e) {
    struct arena *a = s->cli->arena;
    struct subject *subjects = arena_array(a, struct subject, s->cli->n_args);
    struct json body;
    if (!read_body(s, &body, e) || !choose_type(s, &body, e) || !read_subjects(s, subjects, e))
        return false;
    s->kind = statement_kind(s->type);
    return statement_text(s->cli->ctx, a, s->type, subjects, s->cli->n_args, json_text(body.root, a), &s->payload, e);
}

/* ── who says it ── */

/* A key file of ours, or a private key in PEM without a passphrase. */
static bool load_key(struct signing *s, str path, struct err *e) {
    struct cli *cli = s->cli;
    struct err other = {0};
    bool locked = false;
    str text;
    if (keyfile_load(cli->arena, path, NULL, &s->own, e))
        return true;
    if (!file_read(cli->ctx, cli->arena, path, &text, &other) || str_find(text, S("PRIVATE KEY")) == STR_NONE)
        return false;
    bool ok = keytext_private(text, (str){NULL, 0}, path, &s->own, &locked, e);
    wipe((char *)(uintptr_t)text.p, text.n);
    return ok;
}

static bool sign_and_log(struct signing *s, struct err *e) {
    struct cli *cli = s->cli;
    str key = cli_text(cli, "key");
    if (key.p)
        return load_key(s, key, e) && statement_sign(cli->ctx, cli->arena, s->payload, s->own, &s->envelope, e);
    if (!home_open(cli->ctx, cli->arena, cli->home, HOME_SIGN, &s->home, e))
        return false;
    if (cli_flag(cli, "no-log"))
        return statement_sign(cli->ctx, cli->arena, s->payload, s->home.key, &s->envelope, e);
    s->add = (struct home_add){.payload = s->payload};
    if (!home_append(&s->home, cli->arena, &s->add, 1, e))
        return false;
    s->envelope = s->add.envelope;
    s->logged = true;
    return true;
}

/* ── where it goes ── */

/* "sbom", or the last readable part of a type that has no kind. */
static str file_word(struct arena *a, str kind) {
    struct buf b = {0};
    str word = kind, head, tail;
    while (str_rcut(word, '/', &head, &tail) && (!tail.n || (tail.p[0] == 'v' && tail.n > 1 && ch_digit(tail.p[1]))))
        word = head;
    if (str_rcut(word, '/', &head, &tail) && tail.n)
        word = tail;
    for (size_t i = 0; i < word.n && i < 40; i++)
        buf_addc(&b, ch_alnum(word.p[i]) || strchr("-_.", word.p[i]) ? word.p[i] : '-');
    str s = arena_str(a, b.n ? buf_str(&b) : S("statement"));
    buf_free(&b);
    return s;
}

static bool write_files(struct signing *s, struct err *e) {
    struct cli *cli = s->cli;
    struct arena *a = cli->arena;
    str stem = arena_printf(a, "%.*s.%.*s", STR_ARG(cli->args[0]), STR_ARG(file_word(a, s->kind))), proof;
    if (cli_text(cli, "output").p) {
        fprintf(cli->out, "%.*s\n", STR_ARG(s->envelope));
        return true;
    }
    s->file = arena_cat(a, stem, S(".dsse.json"));
    if (!file_replace(s->file, arena_cat(a, s->envelope, S("\n")), e))
        return false;
    if (!s->logged)
        return true;
    s->proof_file = arena_cat(a, stem, S(".tlog-proof"));
    return home_prove(&s->home, a, s->add.added.index, &proof, e) && file_replace(s->proof_file, proof, e);
}

/* ── the answer ── */

static bool say_json(struct signing *s, struct err *e) {
    struct cli *cli = s->cli;
    struct buf b = {0};
    struct jw w = jw_to(&b, true);
    struct checkpoint at;
    str note, proof;
    jw_obj(&w);
    jw_kstr(&w, "kind", s->kind);
    jw_kstr(&w, "type", s->type);
    jw_kstr(&w, "envelope", s->file);
    jw_kstr(&w, "sha256", digest_hex(cli->arena, DIGEST_SHA256, s->envelope));
    if (s->logged) {
        if (!log_checkpoint(s->home.log, cli->arena, &at, &note, e) ||
            !home_prove(&s->home, cli->arena, s->add.added.index, &proof, e)) {
            buf_free(&b);
            return false;
        }
        jw_kint(&w, "index", (int64_t)s->add.added.index);
        jw_kbool(&w, "wasThere", s->add.added.was_there);
        jw_kstr(&w, "checkpoint", note);
        jw_kstr(&w, "proof", proof);
        jw_kstr(&w, "proofFile", s->proof_file);
    }
    jw_obj_end(&w);
    put_json(cli, &b);
    return true;
}

static void say_text(const struct signing *s) {
    FILE *out = s->cli->out;
    const struct predicate *p = predicate_of_type(s->type);
    fprintf(out, "%.*s\n", STR_ARG(s->file));
    fprintf(out, _("  says    %s\n"), p ? _(p->title) : arena_cstr(s->cli->arena, s->type));
    if (s->logged) {
        fprintf(out,
                s->add.added.was_there ? _("  logged  already there as entry %llu of %.*s\n")
                                       : _("  logged  as entry %llu of %.*s\n"),
                (unsigned long long)s->add.added.index, STR_ARG(s->home.origin));
        fprintf(out, _("  proof   %.*s\n"), STR_ARG(s->proof_file));
    } else {
        fprintf(out, "  %s\n", _("in no log"));
    }
}

static int run_sign(struct cli *cli) {
    struct err e = {0};
    struct signing s = {.cli = cli};
    bool ok = cli_text(cli, "predicate").p != NULL;
    if (!ok) {
        err_set(&e, ERR_USAGE, (str){NULL, 0}, "%s", _("what kind of statement is it? --predicate is missing"));
        err_hint(&e, "%s", _("for an SBOM: akashi sign FILE --predicate sbom --body SBOM"));
    }
    ok = ok && make_payload(&s, &e) && sign_and_log(&s, &e);
    if (ok && s.logged)
        cli_cosign(cli, &s.home); /* first, so that the proof that is written has what the witnesses say */
    ok = ok && write_files(&s, &e);
    if (ok && !cli_text(cli, "output").p) {
        if (cli->json)
            ok = say_json(&s, &e);
        else
            say_text(&s);
    }
    privkey_free(s.own);
    home_close(&s.home);
    cli_warnings(cli);
    return ok ? 0 : cli_fail(cli, &e);
}

const struct command sign_command = {
    .name = "sign",
    .args = "FILE…",
    .summary = N_("say something about files: signed, logged, with its proof"),
    .text = N_(
        "The files, known by their digests, are what the statement is about; --body is what it says: an SBOM, a VEX "
        "document, a test result, SLSA provenance, or any JSON. Written beside the first file: "
        "FILE.KIND.dsse.json, an in-toto statement in a DSSE envelope that cosign and others verify, and "
        "FILE.KIND.tlog-proof, the proof that it is in the log. Signing the same again adds nothing to the log "
        "(with ECDSA keys, whose signatures differ each time, it does)."),
    .options =
        (const struct option_spec[]){
            {.name = "predicate",
             .letter = 'p',
             .kind = OPT_TEXT,
             .value = "KIND|TYPE",
             .help = N_("sbom, provenance, vsa, test-result, vulns, vex, csaf, …, or the URI of a predicate type")},
            {.name = "body",
             .letter = 'b',
             .kind = OPT_TEXT,
             .value = "FILE",
             .help = N_("what the statement says: JSON")},
            {.name = "key",
             .kind = OPT_TEXT,
             .value = "FILE",
             .help = N_("sign with this private key, without home and log")},
            {.name = "no-log", .kind = OPT_FLAG, .help = N_("sign with the home's key, but do not log")},
            {0},
        },
    .examples =
        (const struct example[]){
            {"akashi sign thing-1.2.tar.gz --predicate sbom --body thing.cdx.json", N_("an SBOM for a release file")},
            {"akashi sign thing.bin --predicate test-result --body result.json", N_("test results")},
            {"akashi sign a.bin b.bin --predicate https://example.jp/review/v1 --body review.json",
             N_("any other predicate, about two files")},
            {0},
        },
    .min_args = 1,
    .max_args = -1,
    .run = run_sign,
};
