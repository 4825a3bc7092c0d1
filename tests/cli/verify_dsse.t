An envelope and a key: ok, bad, or unreadable. The envelope is the published example of DSSE.

$ printf '%s\n' '-----BEGIN PUBLIC KEY-----' 'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEZ805D3eqNZywjCI19lInBJOp7YMr' 'CrzAH3CVTAOQ0jgMeCvVTiaRJaRPRDOv8UMs6U4SvKc6pnrIDOoSYI3fdA==' '-----END PUBLIC KEY-----' > key.pem
? 0
$ printf '%s\n' '{"payload":"aGVsbG8gd29ybGQ=","payloadType":"http://example.com/HelloWorld","signatures":[{"sig":"A3JqsQGtVsJ2O2xqrI5IcnXip5GToJ3F+FnZ+O88SjtR6rDAajabZKciJTfUiHqJPcIAriEGAHTVeCUjW2JIZA=="}]}' > good.json
? 0
$ akashi plumb verify-dsse key.pem < good.json
ok
? 0
$ akashi plumb verify-dsse MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEZ805D3eqNZywjCI19lInBJOp7YMrCrzAH3CVTAOQ0jgMeCvVTiaRJaRPRDOv8UMs6U4SvKc6pnrIDOoSYI3fdA== < good.json
ok
? 0
$ sed s/HelloWorld/HelloWorle/ good.json | akashi plumb verify-dsse key.pem
bad
? 1
$ akashi plumb verify-dsse 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ5wfO9HLUEHvnbiELVY0WuF7bzbWiXlXdsZJnbZkHDB me@host' < good.json
bad
? 1
$ sed 's/"signatures":.*/"signatures":[]}/' good.json | akashi plumb verify-dsse key.pem
bad
? 1
$ akashi plumb verify-dsse key.pem < key.pem
akashi: -:1:2: this is no JSON number
? 3
$ sed s/aGVs/aGV./ good.json | akashi plumb verify-dsse key.pem
akashi: -#/payload: this is not base64
? 3
$ akashi plumb verify-dsse nowhere.pem < good.json
akashi: nowhere.pem: cannot open the file: No such file or directory
? 3
$ akashi plumb verify-dsse 'example.com/a+00000000+AYdtwE7sVAY4CmOy9I7PliGGIV1Iki4YKpXLZ3RDweaT' < good.json
akashi: the key given: the key ID does not belong to the name and key beside it
? 3
$ akashi plumb verify-dsse good.json < good.json
akashi: good.json: this is no public key in a form that is known here
  → PEM, a C2SP verifier key, minisign, signify, SSH, JWK and DER can be read
? 3
$ akashi plumb verify-dsse < good.json
akashi: 'plumb verify-dsse' needs KEY
  → 'akashi help plumb verify-dsse' shows how it is called
? 2
