/* One question to libcrypto: does this key verify this signature? Its own macros and variadic functions stay in here. */
#ifndef ASSAY_OPENSSL_SHIM_H
#define ASSAY_OPENSSL_SHIM_H

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

/* What ASSAY_VERIFY answers. */
enum { ASSAY_VERIFY_GOOD = 1, ASSAY_VERIFY_BAD = 0, ASSAY_VERIFY_NO_KEY = -1, ASSAY_VERIFY_NO_ALGORITHM = -2 };

/*
 * Verifies a signature over `message` with the key of a SubjectPublicKeyInfo.
 * `digest` is libcrypto's name of the hash, or NULL where the key's algorithm has its own; `pss` asks for RSASSA-PSS.
 */
static inline int assay_verify(
    const unsigned char *key, size_t key_count, const char *digest, int pss, const unsigned char *message,
    size_t message_count, const unsigned char *signature, size_t signature_count)
{
    int answer = ASSAY_VERIFY_BAD;
    EVP_PKEY_CTX *options = NULL;
    EVP_PKEY *public_key = d2i_PUBKEY(NULL, &key, (long)key_count);
    if (public_key == NULL) {
        ERR_clear_error();
        return ASSAY_VERIFY_NO_KEY;
    }
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    const EVP_MD *hash = digest == NULL ? NULL : EVP_get_digestbyname(digest);
    if (context == NULL || (digest != NULL && hash == NULL)
        || EVP_DigestVerifyInit(context, &options, hash, NULL, public_key) != 1) {
        answer = ASSAY_VERIFY_NO_ALGORITHM;
    } else if (pss
        && (EVP_PKEY_CTX_set_rsa_padding(options, RSA_PKCS1_PSS_PADDING) != 1
            || EVP_PKEY_CTX_set_rsa_pss_saltlen(options, RSA_PSS_SALTLEN_AUTO) != 1)) {
        answer = ASSAY_VERIFY_NO_ALGORITHM;
    } else if (EVP_DigestVerify(context, signature, signature_count, message, message_count) == 1) {
        answer = ASSAY_VERIFY_GOOD;
    }
    EVP_MD_CTX_free(context);
    EVP_PKEY_free(public_key);
    ERR_clear_error();
    return answer;
}

#endif
