/* SPDX-License-Identifier: Apache-2.0
 *
 * For *_test.c only: what Chromium 156 made with a virtual authenticator (CTAP 2.1, internal, user verified) at
 * http://localhost:8433 for rpId localhost: "challenge for create" and "challenge for get", user u-7k3m9x2q4r.
 */
#ifndef AKASHI_SERVE_WEBAUTHN_TESTING_H
#define AKASHI_SERVE_WEBAUTHN_TESTING_H

#include <stdint.h>

static const struct vector {
    int64_t algorithm;
    const char *id, *created, *made, *key; /* base64url: clientDataJSON, authenticatorData, SubjectPublicKeyInfo */
    const char *asked, *data, *signature;
} vectors[] = {
    {-7, "f5fL1EH_vpcybcCvTAi9ZVspHF_4-DVvCO4S1XQFhXo",
     "eyJ0eXBlIjoid2ViYXV0aG4uY3JlYXRlIiwiY2hhbGxlbmdlIjoiWTJoaGJHeGxibWRsSUdadmNpQmpjbVZoZEdVIiwib3Jp"
     "Z2luIjoiaHR0cDovL2xvY2FsaG9zdDo4NDMzIiwiY3Jvc3NPcmlnaW4iOmZhbHNlLCJvdGhlcl9rZXlzX2Nhbl9iZV9hZGRl"
     "ZF9oZXJlIjoiZG8gbm90IGNvbXBhcmUgY2xpZW50RGF0YUpTT04gYWdhaW5zdCBhIHRlbXBsYXRlLiBTZWUgaHR0cHM6Ly9n"
     "b28uZ2wveWFiUGV4In0",
     "SZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2NFAAAAAQECAwQFBgcIAQIDBAUGBwgAIH-Xy9RB_76XMm3Ar0wIvWVb"
     "KRxf-Pg1bwjuEtV0BYV6pQECAyYgASFYIM_KxJ3NJcZi2ppda_yKolGWlGBMlbNZrMAQ80vyyD5fIlgg0GC1iZdb-QCGPeZr"
     "AtLylveW0dBmIMEKn6wuisDlmRU",
     "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEz8rEnc0lxmLaml1r_IqiUZaUYEyVs1mswBDzS_LIPl_QYLWJl1v5AIY95msC"
     "0vKW95bR0GYgwQqfrC6KwOWZFQ",
     "eyJ0eXBlIjoid2ViYXV0aG4uZ2V0IiwiY2hhbGxlbmdlIjoiWTJoaGJHeGxibWRsSUdadmNpQm5aWFEiLCJvcmlnaW4iOiJo"
     "dHRwOi8vbG9jYWxob3N0Ojg0MzMiLCJjcm9zc09yaWdpbiI6ZmFsc2V9",
     "SZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2MFAAAAAg",
     "MEYCIQCRCLC8HkhIE2LW5QHcneJFZKsmWiPSa34gXDQ5NOvcVwIhAN0MTJM-OnxwDHVN4cq8mrnu4dSsUh6CANXtvVV8_d6y"},
    {-8, "Fu4CQz-wozjuZswm2wkNfi7mXqEG2xwFJph7Q8kaX_k",
     "eyJ0eXBlIjoid2ViYXV0aG4uY3JlYXRlIiwiY2hhbGxlbmdlIjoiWTJoaGJHeGxibWRsSUdadmNpQmpjbVZoZEdVIiwib3Jp"
     "Z2luIjoiaHR0cDovL2xvY2FsaG9zdDo4NDMzIiwiY3Jvc3NPcmlnaW4iOmZhbHNlfQ",
     "SZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2NFAAAAAQECAwQFBgcIAQIDBAUGBwgAIBbuAkM_sKM47mbMJtsJDX4u"
     "5l6hBtscBSaYe0PJGl_5pAEBAycgBiFYIDxbKefoMWZXHoKjwRIFjOW9m4tCANytbGSaM9YkIlU7",
     "MCowBQYDK2VwAyEAPFsp5-gxZlcegqPBEgWM5b2bi0IA3K1sZJoz1iQiVTs",
     "eyJ0eXBlIjoid2ViYXV0aG4uZ2V0IiwiY2hhbGxlbmdlIjoiWTJoaGJHeGxibWRsSUdadmNpQm5aWFEiLCJvcmlnaW4iOiJo"
     "dHRwOi8vbG9jYWxob3N0Ojg0MzMiLCJjcm9zc09yaWdpbiI6ZmFsc2V9",
     "SZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2MFAAAAAg",
     "alnY_wvZsyP7g4Mkkx8JTASL6cM_GmeZLbpQipwSUM8Mvw6hxYZL4v6TIzOY_ykttx8HV1dPZaTTq77JsAcfDA"},
    {-257, "k7kzwmnLs3KWTPVzZjE-zyiQuePPR0_yhu4BupKF-5o",
     "eyJ0eXBlIjoid2ViYXV0aG4uY3JlYXRlIiwiY2hhbGxlbmdlIjoiWTJoaGJHeGxibWRsSUdadmNpQmpjbVZoZEdVIiwib3Jp"
     "Z2luIjoiaHR0cDovL2xvY2FsaG9zdDo4NDMzIiwiY3Jvc3NPcmlnaW4iOmZhbHNlfQ",
     "SZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2NFAAAAAQECAwQFBgcIAQIDBAUGBwgAIJO5M8Jpy7Nylkz1c2YxPs8o"
     "kLnjz0dP8obuAbqShfuapAEDAzkBACBZAQCtD9SPnzOUlgmyAWW8oG7at7z8CUL_Qtq1iBRn_aomgTx24Et5Uoo54iFeeb9o"
     "GqsnJMOkdgunRpLULC4lWKKfn_U1Ysw2WhSSwXwKe5_AsnZemmSoEYdI4a55dSY7J_Ysr4QwDzv3dGNg5d-z9vOz8qm1KaM6"
     "JGMlVI2GJN2SaQZGp_ynE7QDKXc5iMOhShvu4eo9r-ukc4lPoaRR6vwo6B-eCG7pypgHSHi7lBFbakuJjCZkPFiI-zCvBvKD"
     "dLw1r0lZVTWxJLjy6dLUWJKwIAxB5fT4yEsUx-ZVbxkgOnoMWDDBxyW0WHtig5sBTcob9Ep0inWO4PC3cjHUCZd7IUMBAAE",
     "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEArQ_Uj58zlJYJsgFlvKBu2re8_AlC_0LatYgUZ_2qJoE8duBLeVKK"
     "OeIhXnm_aBqrJyTDpHYLp0aS1CwuJViin5_1NWLMNloUksF8CnufwLJ2XppkqBGHSOGueXUmOyf2LK-EMA8793RjYOXfs_bz"
     "s_KptSmjOiRjJVSNhiTdkmkGRqf8pxO0Ayl3OYjDoUob7uHqPa_rpHOJT6GkUer8KOgfnghu6cqYB0h4u5QRW2pLiYwmZDxY"
     "iPswrwbyg3S8Na9JWVU1sSS48unS1FiSsCAMQeX0-MhLFMfmVW8ZIDp6DFgwwccltFh7YoObAU3KG_RKdIp1juDwt3Ix1AmX"
     "ewIDAQAB",
     "eyJ0eXBlIjoid2ViYXV0aG4uZ2V0IiwiY2hhbGxlbmdlIjoiWTJoaGJHeGxibWRsSUdadmNpQm5aWFEiLCJvcmlnaW4iOiJo"
     "dHRwOi8vbG9jYWxob3N0Ojg0MzMiLCJjcm9zc09yaWdpbiI6ZmFsc2V9",
     "SZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2MFAAAAAg",
     "kHVlN7Hd0z_2_uVEcdSG3Jc9VurnDRkGjeBtJTU-Lek9c-06NQUadTOrPNbgMO0ANSnTES-dgVIuYHWzsGTJMm2ZKsuwYzrh"
     "XySCOYztMLKWR06VZKTohh9n42xWpM_DW8hYswO2-7AiNoOtlW68kCHJhfI1ph362ds5htSowGpLmN_Sbkun7MlwP3TKGdKv"
     "5VvUZJKGXwQ5dM2h7SbwDBH1hIqZbDvwGqFlC4g77SqZiX042ya2WNnpxvaqrq0XYxBg1Gm9GrfdkRAWOpHkbxaE2pJVSrZh"
     "rZOI2ayV6Pcxn1WP0qVFme3KKRRuURJlOZ3q-vCIAJ-QojCJsGtDVw"},
};

#endif
