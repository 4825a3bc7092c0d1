/* SPDX-License-Identifier: Apache-2.0
 *
 * A bucket's address and the credentials for it. Secrets lie in secret memory and are named in no message.
 */
#ifndef AKASHI_ARCHIVE_S3_H
#define AKASHI_ARCHIVE_S3_H

#include "archive/copy_place.h"

/* s3://bucket/prefix?endpoint=https://host:port&region=name */
struct s3_address {
    str endpoint;               /* without '/' at the end */
    str bucket, prefix, region; /* prefix: "" or ending in '/' */
};
/* http:// only to this machine itself. The region comes from the address, AWS_REGION, AWS_DEFAULT_REGION or is
 * us-east-1; without an endpoint it is the AWS one of the region. */
MUST_USE bool s3_address_parse(struct arena *a, str text, struct s3_address *out, struct err *e);
/* As a signature needs it: all but letters, digits and -._~ as %XX; '/' stays when `path`. */
str s3_encoded(struct arena *a, str s, bool path);

/* NUL-terminated; token.p is NULL when there is none. */
struct s3_keys {
    struct secret id, key, token;
};
/* From the file (a section "[profile]", "[default]" when none is named), else from AKASHI_S3_KEY_ID_FILE,
 * AKASHI_S3_SECRET_FILE (AKASHI_S3_TOKEN_FILE), else from AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY (AWS_SESSION_TOKEN).
 * A file others may read is refused. */
MUST_USE bool s3_keys_find(str file, str profile, struct s3_keys *out, struct err *e);
void s3_keys_free(struct s3_keys *k);

#endif
