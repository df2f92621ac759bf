# The files of the console and of the book, made by Node.js where its packages are (./dev brings
# them), and laid into mini_redis_pages, once for all programs. Without the packages there is a page
# that says so, and no book.
find_program(NODE node)
set(made ${CMAKE_BINARY_DIR}/pages)

# What of `folder` is a table in C++ (lay_in.py), anew whenever `stamp` is.
function(mini_redis_lay_in name folder stamp)
    add_custom_command(OUTPUT ${made}/${name}.cpp
        COMMAND ${Python3_EXECUTABLE} -B ${CMAKE_CURRENT_SOURCE_DIR}/admin/lay_in.py
            ${folder} ${name} ${made}/${name}.cpp ${ARGN}
        DEPENDS ${stamp} ${CMAKE_CURRENT_SOURCE_DIR}/admin/lay_in.py VERBATIM)
endfunction()

# The console, which leads to the book.
set(book_packages ${CMAKE_SOURCE_DIR}/build/book-site)
if(EXISTS ${book_packages}/installed.json)
    set(with_book --with-book)
endif()
set(web ${CMAKE_CURRENT_SOURCE_DIR}/admin/web)
set(console_packages ${CMAKE_SOURCE_DIR}/build/web)
if(NODE AND EXISTS ${console_packages}/installed.json)
    file(GLOB_RECURSE web_sources CONFIGURE_DEPENDS
        ${web}/src/* ${web}/public/* ${web}/*.mjs ${web}/*.json ${web}/make)
    add_custom_command(OUTPUT ${made}/console.made
        COMMAND ${web}/make ${made}/console ${with_book}
        COMMAND ${CMAKE_COMMAND} -E touch ${made}/console.made
        DEPENDS ${web_sources} COMMENT "Bundling the console" VERBATIM)
else()
    file(REMOVE_RECURSE ${made}/console)
    configure_file(admin/without_console.html ${made}/console/index.html COPYONLY)
    file(TOUCH ${made}/console.made)
endif()
mini_redis_lay_in(console_files ${made}/console ${made}/console.made)

# The book: it shows the server's sources, so it is made again when one of them changes. (What else
# it leads to, tests and their like, is as it was then.)
if(NODE AND EXISTS ${book_packages}/installed.json)
    file(GLOB_RECURSE book_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/book-notes/*
        ${CMAKE_SOURCE_DIR}/protocol/*.?pp ${CMAKE_SOURCE_DIR}/client/*.?pp
        ${CMAKE_SOURCE_DIR}/server/*.?pp ${CMAKE_SOURCE_DIR}/docs/*.md)
    list(FILTER book_sources EXCLUDE REGEX "__pycache__")
    add_custom_command(OUTPUT ${made}/book.made
        COMMAND ${CMAKE_SOURCE_DIR}/book-notes/site/make site ${made}/book
        COMMAND ${CMAKE_COMMAND} -E touch ${made}/book.made
        DEPENDS ${book_sources} ${made}/console.made COMMENT "Making the book" VERBATIM)
else()
    file(REMOVE_RECURSE ${made}/book)
    file(TOUCH ${made}/book.made)
endif()
mini_redis_lay_in(book_files ${made}/book ${made}/book.made --gzip)

add_library(mini_redis_pages STATIC ${made}/console_files.cpp ${made}/book_files.cpp)
target_link_libraries(mini_redis_pages PRIVATE mini_redis_options)
