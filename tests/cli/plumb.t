The line-based helpers answer one row for each row, whatever is wrong with it.

$ printf 'npm\t1.0.0-rc.1\t1.0.0\ndebian:12\t1:0\t2\nPYPI\t1.0\t1.0.0\npypi\tone\t1\nnothing\t1\t2\nnpm\t1\n\n' | akashi plumb vercmp
<
>
=
error
error
error
error
? 0
$ printf 'pypi\t0\tone\npypi\tone\t1.0\n' | akashi plumb vercmp --osv
<
<
? 0
$ printf 'vers:npm/>=1.0.0|<2.0.0\t1.5.0\nvers:npm/>=1.0.0|<2.0.0\t2.0.0\nvers:npm/<1\tone\nnpm\t^1.2 || ~3.1\t3.1.7\n' | akashi plumb inrange
yes
no
error
yes
? 0
$ printf '{"package":{"ecosystem":"PyPI"},"ranges":[{"type":"ECOSYSTEM","events":[{"fixed":"2"},{"introduced":"0"}]}]}\t1.5\n' | akashi plumb inrange
yes
? 0
$ printf '{"type":"SEMVER","events":[{"introduced":"1.0.0"}]}\t0.9.0\n{"type":"GIT","events":[{"introduced":"0"}]}\t1\n{\t1\n' | akashi plumb inrange
no
error
error
? 0
$ printf 'pkg:PYPI/Django_package@1.0\npkg:swift/Alamofire@5\nx\n' | akashi plumb purl
pkg:pypi/django-package@1.0
error
error
? 0
$ akashi plumb purl nowhere
akashi: nowhere: cannot open the file: No such file or directory
? 3
