An envelope and a key: ok, bad, or unreadable. The envelope is the published example of DSSE.

$ printf '%s\n' '-----BEGIN PUBLIC KEY-----' 'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEZ805D3eqNZywjCI19lInBJOp7YMr' 'CrzAH3CVTAOQ0jgMeCvVTiaRJaRPRDOv8UMs6U4SvKc6pnrIDOoSYI3fdA==' '-----END PUBLIC KEY-----' > key.pem
? 0
$ printf '%s\n' '{"payload":"aGVsbG8gd29ybGQ=","payloadType":"http://example.com/HelloWorld","signatures":[{"sig":"A3JqsQGtVsJ2O2xqrI5IcnXip5GToJ3F+FnZ+O88SjtR6rDAajabZKciJTfUiHqJPcIAriEGAHTVeCUjW2JIZA=="}]}' > good.json
? 0
$ akashi plumb verify-dsse key.pem < good.json
$ akashi plumb verify-dsse MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEZ805D3eqNZywjCI19lInBJOp7YMrCrzAH3CVTAOQ0jgMeCvVTiaRJaRPRDOv8UMs6U4SvKc6pnrIDOoSYI3fdA== < good.json
$ sed s/HelloWorld/HelloWorle/ good.json | akashi plumb verify-dsse key.pem
$ akashi plumb verify-dsse 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ5wfO9HLUEHvnbiELVY0WuF7bzbWiXlXdsZJnbZkHDB me@host' < good.json
$ sed 's/"signatures":.*/"signatures":[]}/' good.json | akashi plumb verify-dsse key.pem
$ akashi plumb verify-dsse key.pem < key.pem
$ sed s/aGVs/aGV./ good.json | akashi plumb verify-dsse key.pem
$ akashi plumb verify-dsse nowhere.pem < good.json
$ akashi plumb verify-dsse 'example.com/a+00000000+AYdtwE7sVAY4CmOy9I7PliGGIV1Iki4YKpXLZ3RDweaT' < good.json
$ akashi plumb verify-dsse good.json < good.json
$ akashi plumb verify-dsse < good.json
